import { epochSeconds, seconds, type EpochSeconds } from '../../base/time.ts'
import {
  metricKey,
  type Bucket,
  type BucketQuery,
  type ManyBucketsQuery,
  type MetricIdentity,
  type MetricReads,
  type MetricSums,
  type SumsQuery,
  type SumsSink,
  type UnitBuckets,
} from '../../model/metric.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { SeriesNumber } from '../../model/metric-columns.ts'
import { windowSlots, type WindowSlots } from '../../model/metric-window.ts'
import type { Head } from '../head/head.ts'
import type { IndexedMetric, SeriesIndex } from '../head/series-index.ts'
import type { BucketRead, TakeSums } from '../metrics/bucket-reads.ts'
import { mergeBuckets } from './merge-buckets.ts'

/** The store's side of a read. */
export interface BucketTables {
  buckets(read: BucketRead): Promise<ReadonlyMap<bigint, readonly Bucket[]>>
  sums(read: Omit<BucketRead, 'samples'>, take: TakeSums): Promise<void>
}

/** What of the writer a read has to know: rows that are neither in the store nor above the head's edge. */
export interface Unwritten {
  readonly oldestWaiting: EpochSeconds | undefined
  flush(): Promise<void>
}

/**
 * The head and the store as one. Everything from the head's edge on is read from the head, everything before from the store; a
 * bucket across the edge is the sum of both. So no datum is missed and none is counted twice.
 */
export class CombinedReads implements MetricReads, MetricSums {
  readonly #index: SeriesIndex
  readonly #head: Head
  readonly #tables: BucketTables
  readonly #unwritten: Unwritten

  constructor(index: SeriesIndex, head: Head, tables: BucketTables, unwritten: Unwritten) {
    this.#index = index
    this.#head = head
    this.#tables = tables
    this.#unwritten = unwritten
  }

  async read(query: BucketQuery): Promise<readonly UnitBuckets[]> {
    return (await this.readMany({ ...query, metrics: [query.metric] }))[0]!
  }

  async readMany(query: ManyBucketsQuery): Promise<readonly (readonly UnitBuckets[])[]> {
    const { end, period, origin, samples, unit: only } = query
    const wanted = this.#indexed(query).map(indexed =>
      (indexed?.units ?? [])
        .map((unit, place) => ({ unit, series: indexed!.series[place]! }))
        .filter(({ unit }) => only === undefined || unit === only),
    )
    const edge = epochSeconds(Math.min(end, this.#edge([query.start, period, origin], samples)))
    const start = epochSeconds(Math.max(query.start, edge))
    // The head first: while the store is asked, its edge may move on.
    const recent = wanted.map(units =>
      units.map(({ series }) => (start >= end ? [] : this.#head.buckets(series, start, end, period, origin, samples))),
    )
    const stored = await this.#stored(query, wanted.flat().map(({ series }) => this.#index.id(series)), edge)
    return wanted.map((units, metric) => {
      const answers: UnitBuckets[] = []
      for (const [place, { unit, series }] of units.entries()) {
        const buckets = mergeBuckets(stored.get(this.#index.id(series)) ?? [], recent[metric]![place]!)
        if (buckets.length > 0) answers.push({ unit, buckets })
      }
      return answers
    })
  }

  async sumMany(query: SumsQuery, sink: SumsSink): Promise<void> {
    const { start, period, slots } = query
    const end = epochSeconds(start + period * slots)
    const edge = epochSeconds(Math.min(end, Math.max(start, this.#edge([start, period], false))))
    const indexed = this.#indexed(query)
    // Before anything is awaited: while the store is asked, the head's edge may move on.
    this.#sumRecent(indexed, query, edge, sink)
    if (edge <= start) return
    const places = new Map<bigint, number>()
    for (const [metric, found] of indexed.entries()) for (const series of found?.series ?? []) places.set(this.#index.id(series), metric)
    if (places.size === 0) return
    await this.#flushBefore(edge)
    await this.#tables.sums({ series: [...places.keys()], start, end: edge, period, origin: start }, (id, at, ...sums) =>
      sink.add(places.get(id)!, (at - start) / period, ...sums),
    )
  }

  #indexed({ tenant, metrics }: { readonly tenant: Tenant; readonly metrics: readonly MetricIdentity[] }): readonly (IndexedMetric | undefined)[] {
    return metrics.map(metric => this.#index.find(tenant, metricKey(metric)))
  }

  /** Where the head takes over. Sums over whole minutes are in every slice; anything finer needs the single samples. */
  #edge(bounds: readonly number[], samples: boolean): EpochSeconds {
    return !samples && bounds.every(bound => bound % 60 === 0) ? this.#head.from : this.#head.detailedFrom
  }

  #sumRecent(metrics: readonly (IndexedMetric | undefined)[], query: SumsQuery, edge: EpochSeconds, sink: SumsSink): void {
    const { start, period, slots } = query
    const first = Math.ceil((edge - start) / period)
    const whole = windowSlots(slots - first)
    const cut = start + first * period - edge
    const part = windowSlots(1)
    const take = (metric: number, series: SeriesNumber): void => {
      // The bucket across the edge: the head has its end.
      if (cut > 0 && this.#head.readSeries(series, edge, seconds(cut), 1, part) > 0) handOver(sink, metric, first - 1, 1, part)
      const from = epochSeconds(start + first * period)
      if (first < slots && this.#head.readSeries(series, from, period, slots - first, whole) > 0) {
        handOver(sink, metric, first, slots - first, whole)
      }
    }
    for (const [metric, indexed] of metrics.entries()) for (const series of indexed?.series ?? []) take(metric, series)
  }

  async #stored(query: ManyBucketsQuery, series: readonly bigint[], edge: EpochSeconds): Promise<ReadonlyMap<bigint, readonly Bucket[]>> {
    if (series.length === 0 || query.start >= edge) return new Map()
    await this.#flushBefore(edge)
    const { start, period, origin, samples } = query
    return this.#tables.buckets({ series, start, end: edge, period, origin, samples })
  }

  async #flushBefore(edge: EpochSeconds): Promise<void> {
    const oldest = this.#unwritten.oldestWaiting
    if (oldest !== undefined && oldest < edge) await this.#unwritten.flush()
  }
}

const handOver = (sink: SumsSink, metric: number, first: number, slots: number, { count, sum, minimum, maximum }: WindowSlots): void => {
  for (let slot = 0; slot < slots; slot++) {
    if (count[slot]! > 0) sink.add(metric, first + slot, count[slot]!, sum[slot]!, minimum[slot]!, maximum[slot]!)
  }
}
