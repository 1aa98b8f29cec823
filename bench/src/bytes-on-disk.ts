import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../server/src/base/clock.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { MetricTables } from '../../server/src/store/metrics/metric-tables.ts'
import type { PointBlock } from '../../server/src/store/metrics/point-block.ts'
import { openTelemetry } from '../../server/src/store/telemetry/telemetry.ts'
import { atMost, shown, type Benchmark } from './benchmark.ts'

const SERIES = 1000
const EVERY_SECONDS = 15
const DAY_SECONDS = 86_400
/** A block of the product holds about a second of everything; an hour of a thousand series is as large. */
const BLOCK_SECONDS = 3600

/**
 * Two-decimal gauges every 15 seconds for a day, through the store's own tables, after merges. At standard resolution a datapoint
 * keeps its value and the minute in which it was taken; at high resolution its second as well, for three hours.
 */
export const bytesOnDisk: Benchmark = {
  name: 'bytes-on-disk',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const telemetry = await openTelemetry({ folder, log: silentLog, clock: systemClock })
    try {
      const tables = await MetricTables.open(telemetry, systemClock)
      const yesterday = Math.floor(systemClock.now() / 1000 / DAY_SECONDS - 1) * DAY_SECONDS
      const settle = async (table: string): Promise<number> => {
        await telemetry.command(`OPTIMIZE TABLE ${table} FINAL`, {}, 'upkeep')
        const { points, bytes } = await tables.footprint()
        if (points < expected) throw new Error(`${points} rows of ${expected}`)
        return bytes / expected
      }
      let expected = 0
      for (let from = 0; from < DAY_SECONDS; from += BLOCK_SECONDS) {
        await tables.writePoints(60, gauges(yesterday + from, BLOCK_SECONDS, 60), `day-${from}`)
        expected += (SERIES * BLOCK_SECONDS) / EVERY_SECONDS
      }
      const standard = await settle('metric_points_60')

      await telemetry.command('TRUNCATE TABLE metric_points_60')
      expected = 0
      const hour = Math.floor(systemClock.now() / 3_600_000 - 2) * 3600
      for (let from = 0; from < 7200; from += BLOCK_SECONDS) {
        await tables.writePoints(1, gauges(hour + from, BLOCK_SECONDS, 1), `hour-${from}`)
        expected += (SERIES * BLOCK_SECONDS) / EVERY_SECONDS
      }
      const high = await settle('metric_points_1')
      return [
        atMost(2.8, 'bytes', 'a two-decimal gauge every 15 s on disk, after merges', standard),
        shown('bytes', 'the same at high resolution (kept for three hours)', high),
      ]
    } finally {
      await telemetry.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/**
 * Each series has a level of its own, a daily wave, and eleven bits of noise: ± 10 around it in hundredths. Values of one minute stay in
 * the order in which they were taken: the product gets them in four blocks.
 */
const gauges = (start: number, length: number, resolution: 1 | 60): PointBlock => {
  const perSeries = length / EVERY_SECONDS
  const rows = SERIES * perSeries
  const block = { length: rows, series: new BigUint64Array(rows), seconds: new Uint32Array(rows), value: new Float64Array(rows), count: new Float64Array(rows).fill(1) }
  for (let series = 0; series < SERIES; series++) {
    const id = BigInt.asUintN(64, BigInt(series + 1) * 0x9e3779b97f4a7c15n)
    const level = 20 + ((series * 7919) % 60)
    for (let point = 0; point < perSeries; point++) {
      const row = series * perSeries + point
      const at = start + point * EVERY_SECONDS
      const wave = 5 * Math.sin((at / DAY_SECONDS) * 2 * Math.PI)
      block.series[row] = id
      block.seconds[row] = Math.floor(at / resolution) * resolution
      block.value[row] = Math.round((level + wave + (Math.random() - 0.5) * 20) * 100) / 100
    }
  }
  return inIdOrder(block, perSeries)
}

/** Ids are hashes: their order is not that of the series' numbers. */
const inIdOrder = (block: PointBlock, perSeries: number): PointBlock => {
  const order = Array.from({ length: SERIES }, (_, series) => series).sort((a, b) => (block.series[a * perSeries]! < block.series[b * perSeries]! ? -1 : 1))
  const moved = <Column extends BigUint64Array | Uint32Array | Float64Array>(column: Column): Column => {
    const result = column.slice() as Column
    for (const [place, series] of order.entries()) result.set(column.subarray(series * perSeries, (series + 1) * perSeries) as never, place * perSeries)
    return result
  }
  return { length: block.length, series: moved(block.series), seconds: moved(block.seconds), value: moved(block.value), count: moved(block.count) }
}
