import { epochSeconds, type EpochSeconds } from '../src/base/time.ts'
import type { Bucket } from '../src/model/metric.ts'
import { foldSamples } from '../src/store/head/fold-samples.ts'
import type { BlockTables } from '../src/store/intake/block-writer.ts'
import type { BucketTables } from '../src/store/intake/combined-reads.ts'
import type { RecentTables } from '../src/store/intake/rebuild-head.ts'
import type { PointBlock, Resolution, SeriesRow, SetBlock } from '../src/store/metrics/point-block.ts'
import type { RecentRows } from '../src/store/metrics/recent-rows.ts'

interface StoredPoint {
  readonly series: bigint
  readonly seconds: number
  readonly resolution: Resolution
  readonly value: number
  readonly count: number
}
interface StoredSet extends Omit<StoredPoint, 'value'> {
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
}

/** What a store keeps on its disk; several openings of it, one after the other, may share one. */
export class MemoryDisk {
  readonly points: StoredPoint[] = []
  readonly sets: StoredSet[] = []
  readonly series = new Map<bigint, SeriesRow>()
  readonly tokens = new Set<string>()
}

/** The metric tables over arrays: slow, plain, and as careful about tokens as the real ones. */
export class MemoryTables implements BlockTables, RecentTables, BucketTables {
  readonly #disk: MemoryDisk
  /** What the next writes do: fail without a trace, or fail although the rows are in. */
  readonly failures: ('before' | 'after')[] = []
  /** Once true, this opening does nothing any more, as a process that was killed. */
  killed = false
  writes = 0

  constructor(disk: MemoryDisk) {
    this.#disk = disk
  }

  async writePoints(resolution: Resolution, block: PointBlock, token: string): Promise<void> {
    const rows = Array.from({ length: block.length }, (_, row) => ({
      series: block.series[row]!, seconds: block.seconds[row]!, resolution, value: block.value[row]!, count: block.count[row]!,
    }))
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1]
      if (before !== undefined && (before.series > row.series || (before.series === row.series && before.seconds > row.seconds))) throw new Error('not sorted')
    }
    await this.#once(`points ${resolution} ${token}`, () => this.#disk.points.push(...rows))
  }

  async writeSets(resolution: Resolution, block: SetBlock, token: string): Promise<void> {
    const rows = Array.from({ length: block.length }, (_, row) => ({
      series: block.series[row]!, seconds: block.seconds[row]!, resolution, count: block.count[row]!,
      sum: block.sum[row]!, minimum: block.minimum[row]!, maximum: block.maximum[row]!,
    }))
    await this.#once(`sets ${resolution} ${token}`, () => this.#disk.sets.push(...rows))
  }

  async writeSeries(rows: readonly SeriesRow[], token: string): Promise<void> {
    await this.#once(`series ${token}`, () => {
      for (const row of rows) this.#disk.series.set(row.id, row)
    })
  }

  loadSeries(): Promise<readonly SeriesRow[]> {
    return Promise.resolve([...this.#disk.series.values()])
  }

  countRecent(since: EpochSeconds): Promise<number> {
    return Promise.resolve([...this.#disk.points, ...this.#disk.sets].filter(row => row.seconds >= since).length)
  }

  async *recent(since: EpochSeconds): AsyncGenerator<RecentRows> {
    await Promise.resolve()
    for (const { series, seconds, resolution, value, count } of this.#disk.points.filter(row => row.seconds >= since)) {
      const block = { length: 1, series: BigUint64Array.of(series), seconds: Uint32Array.of(seconds), value: Float64Array.of(value), count: Float64Array.of(count) }
      yield { kind: 'points', resolution, block }
    }
    for (const { series, seconds, resolution, count, sum, minimum, maximum } of this.#disk.sets.filter(row => row.seconds >= since)) {
      const block = {
        length: 1, series: BigUint64Array.of(series), seconds: Uint32Array.of(seconds), count: Float64Array.of(count),
        sum: Float64Array.of(sum), minimum: Float64Array.of(minimum), maximum: Float64Array.of(maximum),
      }
      yield { kind: 'sets', resolution, block }
    }
  }

  buckets(read: Parameters<BucketTables['buckets']>[0]): ReturnType<BucketTables['buckets']> {
    const found = new Map<bigint, Bucket[]>()
    for (const series of read.series) {
      const buckets = bucketsOf(
        [
          ...this.#disk.points.map(row => ({ ...row, sum: row.value * row.count, minimum: row.value, maximum: row.value })),
          ...this.#disk.sets.map(row => ({ ...row, value: undefined })),
        ].filter(row => row.series === series && row.seconds >= read.start && row.seconds < read.end),
        read,
      )
      if (buckets.length > 0) found.set(series, buckets)
    }
    return Promise.resolve({ has: series => found.has(series), get: series => found.get(series), each: (series, take) => found.get(series)?.forEach(take) })
  }

  async sums(read: Parameters<BucketTables['sums']>[0], take: Parameters<BucketTables['sums']>[1]): Promise<void> {
    const found = await this.buckets({ ...read, samples: false })
    read.series.forEach((series, place) => {
      for (const { start, count, sum, minimum, maximum } of found.get(series) ?? []) take(place, start, count, sum, minimum, maximum)
    })
  }

  async #once(token: string, write: () => void): Promise<void> {
    await Promise.resolve()
    // Whoever was killed waits for ever.
    if (this.killed) await new Promise(() => undefined)
    const failure = this.failures.shift()
    if (failure === 'before') throw new Error('the store is away')
    this.writes++
    if (!this.#disk.tokens.has(token)) {
      this.#disk.tokens.add(token)
      write()
    }
    if (failure === 'after') throw new Error('the store went away')
  }
}

export interface PlainRow {
  readonly seconds: number
  /** Undefined for a statistic set. */
  readonly value: number | undefined
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
}

/** Buckets by the definition: for comparison with what is fast. */
export const bucketsOf = (rows: readonly PlainRow[], grid: { readonly origin: number; readonly period: number; readonly samples: boolean }): Bucket[] => {
  const groups = new Map<number, PlainRow[]>()
  for (const row of rows) {
    const start = grid.origin + Math.floor((row.seconds - grid.origin) / grid.period) * grid.period
    groups.set(start, [...(groups.get(start) ?? []), row])
  }
  return [...groups].sort(([a], [b]) => a - b).map(([start, group]) => {
    const minimum = Math.min(...group.map(row => row.minimum))
    const sums = {
      start: epochSeconds(start),
      count: group.reduce((total, row) => total + row.count, 0),
      sum: group.reduce((total, row) => total + row.sum, 0),
      minimum,
      maximum: Math.max(...group.map(row => row.maximum)),
    }
    if (!grid.samples || minimum < 0 || group.some(row => row.value === undefined)) return sums
    return { ...sums, ...foldSamples(group.map(row => row.value!), group.map(row => row.count)) }
  })
}
