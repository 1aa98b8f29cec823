import { remainder } from '../../base/remainder.ts'
import { epochSeconds, seconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
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
  type Unit,
  type UnitBuckets,
} from '../../model/metric.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { SeriesNumber } from '../../model/metric-columns.ts'
import type { Aggregate, MetricUnitSums, UnitSums, UnitSumsQuery } from '../../model/unit-sums.ts'
import type { Head } from '../head/head.ts'
import type { PlacedBuckets, SampleGrid } from '../head/sample-gather.ts'
import type { IndexedMetric, SeriesIndex } from '../head/series-index.ts'
import type { SeriesBuckets } from '../metrics/bucket-fold.ts'
import type { BucketRead, SumsRead, TakeSums } from '../metrics/bucket-reads.ts'
import { mergeBuckets } from './merge-buckets.ts'
import { sumRecent } from './recent-sums.ts'
import { SumColumns } from './sum-columns.ts'

/** The store's side of a read. */
export interface BucketTables {
  buckets(read: BucketRead): Promise<SeriesBuckets>
  sums(read: SumsRead, take: TakeSums): Promise<void>
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
export class CombinedReads implements MetricReads, MetricSums, MetricUnitSums {
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
    const edge = epochSeconds(Math.min(end, this.#bucketEdge(query)))
    const start = epochSeconds(Math.max(query.start, edge))
    // The head first: while the store is asked, its edge may move on.
    const all = wanted.flatMap(units => units.map(({ series }) => series))
    const recent = this.#recent(all, { start, end, period, origin }, samples)
    const stored = await this.#stored(query, all.map(series => this.#index.id(series)), edge)
    let place = 0
    const isApart = (edge - origin) % period === 0
    return wanted.map(units => {
      const answers: UnitBuckets[] = []
      for (const { unit, series } of units) {
        const [id, at] = [this.#index.id(series), place++]
        if (!stored.has(id) && !recent.has(at)) continue
        const inTurn = (take: TakeBucket): void => {
          stored.each(id, take)
          if (recent.has(at)) recent.each(at, take)
        }
        answers.push(new LateBuckets(unit, () => mergeBuckets(stored.get(id) ?? [], recent.get(at)), isApart ? inTurn : undefined))
      }
      return answers
    })
  }

  async sumMany(query: SumsQuery, sink: SumsSink): Promise<void> {
    const { start, period, slots } = query
    const series: SeriesNumber[] = []
    const owners: number[] = []
    for (const [metric, found] of this.#indexed(query).entries()) {
      for (const one of found?.series ?? []) {
        series.push(one)
        owners.push(metric)
      }
    }
    const read = { series, start, end: epochSeconds(start + period * slots), period, wanted: ALL }
    const take: SumsSink = { add: (place, slot, count, sum, minimum, maximum) => sink.add(owners[place]!, slot, count, sum, minimum, maximum) }
    await this.#sums(read, take, take)
  }

  async unitSums(query: UnitSumsQuery): Promise<readonly (readonly UnitSums[])[]> {
    const { start, end, period, wanted, unit: only } = query
    const places = new Map<SeriesNumber, number>()
    const metrics = this.#indexed(query).map(indexed =>
      (indexed?.units ?? []).flatMap((unit, index) => {
        if (only !== undefined && unit !== only) return []
        const series = indexed!.series[index]!
        const place = places.get(series) ?? places.size
        places.set(series, place)
        return { unit, place }
      }),
    )
    const slots = Math.ceil((end - start) / period)
    // Apart, so that parts are added up in the order of time, whichever is read first.
    const [stored, recent] = [new SumColumns(slots, wanted), new SumColumns(slots, wanted)]
    await this.#sums({ series: [...places.keys()], start, end, period, wanted }, stored, recent)
    for (const place of places.values()) stored.addRow(place, recent)
    return metrics.map(units => units.flatMap(({ unit, place }) => {
      const columns = stored.at(place)
      return columns === undefined ? [] : [{ unit, ...columns }]
    }))
  }

  /** Both sinks get a series by its place among `series`. */
  async #sums(read: SeriesSums, stored: SumsSink, recent: SumsSink): Promise<void> {
    const { series, start, end, period, wanted } = read
    if (series.length === 0 || start >= end) return
    const edge = epochSeconds(Math.min(end, Math.max(start, this.#edge([start, period], false))))
    // Before anything is awaited: while the store is asked, the head's edge may move on. Whole minutes count as a whole.
    const until = [start, period].every(bound => bound % MINUTE === 0) ? Math.ceil(end / MINUTE) * MINUTE : end
    if (edge < end) sumRecent(this.#head, series, edge, until, read, recent)
    if (edge <= start) return
    await this.#flushBefore(edge)
    const ids = series.map(one => this.#index.id(one))
    await this.#tables.sums({ series: ids, start, end: edge, period, origin: start, wanted }, (place, at, count, sum, minimum, maximum) =>
      stored.add(place, (at - start) / period, count, sum, minimum, maximum),
    )
  }

  #recent(series: readonly SeriesNumber[], grid: SampleGrid, samples: boolean): PlacedBuckets {
    const { start, end, period, origin } = grid
    if (start >= end) return NO_BUCKETS
    if (samples) return this.#head.sampleBuckets(series, grid)
    const found = series.map(one => this.#head.buckets(one, epochSeconds(start), epochSeconds(end), seconds(period), epochSeconds(origin), false))
    return { has: place => found[place]!.length > 0, get: place => found[place]!, each: (place, take) => found[place]!.forEach(take) }
  }

  #indexed({ tenant, metrics }: { readonly tenant: Tenant; readonly metrics: readonly MetricIdentity[] }): readonly (IndexedMetric | undefined)[] {
    return metrics.map(metric => this.#index.find(tenant, metricKey(metric)))
  }

  /** Where the head takes over. Sums over whole minutes are in every slice; anything finer needs the single samples. */
  #edge(bounds: readonly number[], samples: boolean): EpochSeconds {
    return !samples && bounds.every(bound => bound % 60 === 0) ? this.#head.from : this.#head.detailedFrom
  }

  /** A bucket in the head and the store has to be put together: the store has the first of them whole where it may. */
  #bucketEdge({ start, end, period, origin, samples }: ManyBucketsQuery): number {
    const edge = this.#edge([start, period, origin], samples)
    const next = edge + remainder(origin - edge, period)
    return samples && edge > start && next < end ? next : edge
  }

  async #stored(query: ManyBucketsQuery, series: readonly bigint[], edge: EpochSeconds): Promise<SeriesBuckets> {
    if (series.length === 0 || query.start >= edge) return NOTHING_STORED
    await this.#flushBefore(edge)
    const { start, period, origin, samples } = query
    return this.#tables.buckets({ series, start, end: edge, period, origin, samples })
  }

  async #flushBefore(edge: EpochSeconds): Promise<void> {
    const oldest = this.#unwritten.oldestWaiting
    if (oldest !== undefined && oldest < edge) await this.#unwritten.flush()
  }
}

/** Made when they are looked at, series after series, so that those of a whole graph are not there at once. */
class LateBuckets implements UnitBuckets {
  readonly unit: Unit
  readonly #make: () => readonly Bucket[]
  readonly #inTurn: ((take: TakeBucket) => void) | undefined

  constructor(unit: Unit, make: () => readonly Bucket[], inTurn: ((take: TakeBucket) => void) | undefined) {
    this.unit = unit
    this.#make = make
    this.#inTurn = inTurn
  }

  each(take: TakeBucket): void {
    if (this.#inTurn === undefined) this.buckets.forEach(take)
    else this.#inTurn(take)
  }

  get buckets(): readonly Bucket[] {
    return this.#make()
  }
}

type TakeBucket = (bucket: Bucket) => void

const NO_BUCKETS: PlacedBuckets = { has: () => false, get: () => [], each: () => undefined }
const NOTHING_STORED: SeriesBuckets = { has: () => false, get: () => undefined, each: () => undefined }
const MINUTE = 60
const ALL: ReadonlySet<Aggregate> = new Set(['sum', 'minimum', 'maximum'])

interface SeriesSums {
  readonly series: readonly SeriesNumber[]
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  readonly period: Seconds
  readonly wanted: ReadonlySet<Aggregate>
}
