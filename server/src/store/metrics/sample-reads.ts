import type { Block } from '../telemetry/native-read.ts'
import type { BucketFold } from './bucket-fold.ts'
import { sourceOf, type SampleRows } from './sample-buckets.ts'

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

/** The rows of {@link samplesSql}. */
export const addSampleRows = (block: Block, fold: BucketFold): void => {
  const series = block.uint64('series')
  const columns = [
    new Column(block.floatArrays('singles'), block.uint32Arrays('single_buckets'), undefined),
    new Column(block.floatArrays('others'), block.uint32Arrays('other_buckets'), block.floatArrays('other_counts').values),
  ]
  for (let row = 0; row < block.length; row++) {
    for (const column of columns) fold.addSamples(series[row]!, sourceOf(column.take(row)))
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
