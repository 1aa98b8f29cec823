import type { Block } from '../telemetry/native-read.ts'
import { sampleBuckets, type SampleRows } from './sample-buckets.ts'
import { SeriesPlaces } from './series-places.ts'
import { mergeParts, type PartialBucket } from './bucket-fold.ts'

/**
 * Samples of each series as they lie in the table, with the numbers of their buckets. Grouping them by bucket in the engine as well
 * would take half as long again. Most points stand for one sample: their weights need not be gathered. A quarter of a day at once: an
 * array of the engine's holds 16 million samples.
 */
export const samplesSql = (table: string, bucket: string, where: string): string => `
  SELECT series, groupArrayIf(value, count = 1) AS singles, groupArrayIf(bucket, count = 1) AS single_buckets,
    groupArrayIf(value, count != 1) AS others, groupArrayIf(bucket, count != 1) AS other_buckets, groupArrayIf(count, count != 1) AS other_counts
  FROM (SELECT series, ts, ${bucket} AS bucket, value, count FROM ${table} WHERE ${where})
  GROUP BY series, intDiv(toUInt32(ts), 21600)`

/** Collects the rows of {@link samplesSql} by series. */
export class SampleBlocks {
  readonly #places: SeriesPlaces
  readonly #origin: number
  readonly #period: number
  readonly #found: PartialBucket[][]

  /** Of distinct ids; buckets are counted from the origin. */
  constructor(ids: readonly bigint[], origin: number, period: number) {
    this.#places = new SeriesPlaces(ids)
    this.#origin = origin
    this.#period = period
    this.#found = ids.map(() => [])
  }

  add(block: Block): void {
    const places = this.#places.of(block.uint64('series'))
    const columns = [
      new Column(block.floatArrays('singles'), block.uint32Arrays('single_buckets'), undefined),
      new Column(block.floatArrays('others'), block.uint32Arrays('other_buckets'), block.floatArrays('other_counts').values),
    ]
    for (let row = 0; row < block.length; row++) {
      const found = this.#found[places[row]!]!
      for (const column of columns) {
        for (const bucket of sampleBuckets(column.take(row), this.#origin, this.#period)) found.push(bucket)
      }
    }
  }

  /** The buckets of each series, by its place, oldest first. */
  finish(): readonly (readonly PartialBucket[])[] {
    return this.#found.map(mergeParts)
  }
}

interface Arrays<Values> {
  readonly ends: BigUint64Array
  readonly values: Values
}

/** A column of arrays, walked through. */
class Column {
  readonly #values: Arrays<Float64Array>
  readonly #buckets: Uint32Array
  readonly #weights: Float64Array | undefined
  #from = 0

  constructor(values: Arrays<Float64Array>, buckets: Arrays<Uint32Array>, weights: Float64Array | undefined) {
    this.#values = values
    this.#buckets = buckets.values
    this.#weights = weights
  }

  take(row: number): SampleRows {
    const [from, to] = [this.#from, Number(this.#values.ends[row])]
    this.#from = to
    return {
      length: to - from,
      values: this.#values.values.subarray(from, to), buckets: this.#buckets.subarray(from, to), weights: this.#weights?.subarray(from, to),
    }
  }
}
