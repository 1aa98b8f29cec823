import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import { metricKey, type Bucket, type BucketQuery, type MetricReads, type UnitBuckets } from '../../model/metric.ts'
import type { Head } from '../head/head.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { BucketRead } from '../metrics/bucket-reads.ts'
import { mergeBuckets } from './merge-buckets.ts'

/** The store's side of a read. */
export interface BucketTables {
  buckets(read: BucketRead): Promise<ReadonlyMap<bigint, readonly Bucket[]>>
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
export class CombinedReads implements MetricReads {
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
    const indexed = this.#index.find(query.tenant, metricKey(query.metric))
    if (indexed === undefined) return []
    const wanted = indexed.units
      .map((unit, place) => ({ unit, series: indexed.series[place]! }))
      .filter(({ unit }) => query.unit === undefined || unit === query.unit)
    const edge = this.#edge(query)
    const start = epochSeconds(Math.max(query.start, edge))
    // The head first: while the store is asked, its edge may move on.
    const recent = wanted.map(({ series }) =>
      start >= query.end ? [] : this.#head.buckets(series, start, query.end, query.period, query.origin, query.samples),
    )
    const stored = await this.#stored(query, wanted.map(({ series }) => this.#index.id(series)), edge)
    const answers: UnitBuckets[] = []
    for (const [place, { unit, series }] of wanted.entries()) {
      const buckets = mergeBuckets(stored.get(this.#index.id(series)) ?? [], recent[place]!)
      if (buckets.length > 0) answers.push({ unit, buckets })
    }
    return answers
  }

  /** Where the head takes over for this query; the end of the query when it cannot help. */
  #edge({ start, end, period, origin, samples }: BucketQuery): EpochSeconds {
    // Sums over whole minutes are in every slice; anything finer needs the single samples.
    const whole = !samples && [start, period, origin].every(bound => bound % 60 === 0)
    const edge = whole ? this.#head.from : this.#head.detailedFrom
    return epochSeconds(Math.min(end, edge))
  }

  async #stored(query: BucketQuery, series: readonly bigint[], edge: EpochSeconds): Promise<ReadonlyMap<bigint, readonly Bucket[]>> {
    if (series.length === 0 || query.start >= edge) return new Map()
    const oldest = this.#unwritten.oldestWaiting
    if (oldest !== undefined && oldest < edge) await this.#unwritten.flush()
    const { start, period, origin, samples } = query
    return this.#tables.buckets({ series, start, end: edge, period, origin, samples })
  }
}
