import { sortNumbers, sortTogether } from '../../base/sort-together.ts'
import { epochSeconds } from '../../base/time.ts'
import type { PartialBucket } from './partial-bucket.ts'
import { sharedOnes } from './shared-ones.ts'

/** Samples of one series in any order, each with the number of its bucket. The columns may be longer than `length`. */
export interface SampleRows {
  readonly length: number
  readonly buckets: Uint32Array
  readonly values: Float64Array
  /** Undefined: all are 1. */
  readonly weights: Float64Array | undefined
}

/**
 * The buckets of samples, oldest first; bucket k begins at `origin + k·period`. Samples are put in order where they lie, and a bucket is a
 * view on them: copies were most of the time of a percentile. The rows are used up by it.
 */
export const sampleBuckets = (rows: SampleRows, origin: number, period: number): readonly PartialBucket[] => {
  const { length, buckets, values, weights } = isOrdered(rows) ? rows : ordered(rows)
  const found: PartialBucket[] = []
  for (let from = 0; from < length; ) {
    const bucket = buckets[from]!
    let to = from + 1
    while (to < length && buckets[to] === bucket) to++
    if (weights === undefined) sortNumbers(values, from, to)
    else sortTogether(values, weights, from, to)
    let [count, sum] = [0, 0]
    for (let at = from; at < to; at++) {
      const weight = weights === undefined ? 1 : weights[at]!
      count += weight
      sum += values[at]! * weight
    }
    const [start, minimum, maximum] = [epochSeconds(origin + bucket * period), values[from]!, values[to - 1]!]
    // Extended statistics are not defined where any sample is negative.
    found.push(minimum < 0 ? { start, count, sum, minimum, maximum } : {
      start, count, sum, minimum, maximum,
      values: values.subarray(from, to), weights: weights === undefined ? sharedOnes(to - from) : weights.subarray(from, to),
    })
    from = to
  }
  return found
}

/** Bucket after bucket, as they mostly come. */
const isOrdered = ({ length, buckets }: SampleRows): boolean => {
  for (let row = 1; row < length; row++) if (buckets[row]! < buckets[row - 1]!) return false
  return true
}

const ordered = ({ length, buckets, values, weights }: SampleRows): SampleRows => {
  let [first, last] = [Infinity, -1]
  for (let row = 0; row < length; row++) {
    first = Math.min(first, buckets[row]!)
    last = Math.max(last, buckets[row]!)
  }
  // Counted a place ahead, each becomes its bucket's start.
  const places = new Uint32Array(last - first + 2)
  for (let row = 0; row < length; row++) places[buckets[row]! - first + 1]!++
  for (let slot = 1; slot < places.length; slot++) places[slot]! += places[slot - 1]!
  const result = {
    length, buckets: new Uint32Array(length), values: new Float64Array(length), weights: weights === undefined ? undefined : new Float64Array(length),
  }
  for (let row = 0; row < length; row++) {
    const bucket = buckets[row]!
    const place = places[bucket - first]!++
    result.buckets[place] = bucket
    result.values[place] = values[row]!
    if (weights !== undefined) result.weights![place] = weights[row]!
  }
  return result
}
