import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../server/src/base/clock.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { MetricTables } from '../../server/src/store/metrics/metric-tables.ts'
import { openTelemetry } from '../../server/src/store/telemetry/telemetry.ts'
import { atMost, shown, type Benchmark } from './benchmark.ts'
import { EVERY_SECONDS, gauges } from './gauges.ts'

const SERIES = 1000
const DAY_SECONDS = 86_400
/** Hashes, as the product's ids are. */
const ids = BigUint64Array.from({ length: SERIES }, (_, series) => BigInt.asUintN(64, BigInt(series + 1) * 0x9e3779b97f4a7c15n)).sort()
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
        await tables.writePoints(60, gauges(ids, yesterday + from, BLOCK_SECONDS, 60), `day-${from}`)
        expected += (SERIES * BLOCK_SECONDS) / EVERY_SECONDS
      }
      const standard = await settle('metric_points_60')

      await telemetry.command('TRUNCATE TABLE metric_points_60')
      expected = 0
      const hour = Math.floor(systemClock.now() / 3_600_000 - 2) * 3600
      for (let from = 0; from < 7200; from += BLOCK_SECONDS) {
        await tables.writePoints(1, gauges(ids, hour + from, BLOCK_SECONDS, 1), `hour-${from}`)
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
