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

/** Samples that are there when they are asked for. */
export interface SampleSource {
  /** No more samples than these. */
  readonly room: number
  /** The numbers of the first and the last bucket. */
  readonly first: number
  readonly last: number
  /** In memory with enough room; undefined: in its own, which its buckets may keep. */
  rows(memory?: SampleMemory): SampleRows
}

/** Room for the samples of one series. */
export class SampleMemory {
  readonly values: Float64Array
  readonly buckets: Uint32Array

  constructor(room: number) {
    this.values = new Float64Array(room)
    this.buckets = new Uint32Array(room)
  }
}

/** Samples that lie somewhere already. */
export const sourceOf = (rows: SampleRows): SampleSource => {
  const [first, last] = spanOf(rows.buckets, 0, rows.length)
  return { room: rows.length, first, last, rows: () => rows }
}

/** The least and the greatest of [from, to). */
export const spanOf = (buckets: Uint32Array, from: number, to: number): readonly [first: number, last: number] => {
  let [first, last] = [Infinity, -1]
  for (let row = from; row < to; row++) {
    if (buckets[row]! < first) first = buckets[row]!
    if (buckets[row]! > last) last = buckets[row]!
  }
  return [first, last]
}

/**
 * The buckets of samples, oldest first; bucket k begins at `origin + k·period`. Samples are put in order where they lie, and a bucket is a
 * view on them: copies were most of the time of a percentile. The rows are used up by it.
 */
export const sampleBuckets = (rows: SampleRows, origin: number, period: number): readonly PartialBucket[] => {
  const found: PartialBucket[] = []
  eachRun(rows, viewOf, origin, period, bucket => found.push(bucket))
  return found
}

/**
 * As {@link sampleBuckets}, one after the other: the samples of a bucket lie in memory that the next one uses. Tens of thousands of views, and
 * the collector's work for them, were a third of a graph of percentiles.
 */
export const eachSampleBucket = (rows: SampleRows, origin: number, period: number, take: (bucket: PartialBucket) => void): void =>
  eachRun(rows, scratchCopyOf, origin, period, take)

interface Samples {
  readonly values: Float64Array
  readonly weights: Float64Array
}

const eachRun = (
  rows: SampleRows, samplesOf: (rows: SampleRows, from: number, to: number) => Samples, origin: number, period: number, take: (bucket: PartialBucket) => void,
): void => {
  const inOrder = isOrdered(rows) ? rows : ordered(rows)
  const { length, buckets } = inOrder
  for (let from = 0; from < length; ) {
    const bucket = buckets[from]!
    let to = from + 1
    while (to < length && buckets[to] === bucket) to++
    const size = to - from
    const { values, weights } = samplesOf(inOrder, from, to)
    if (inOrder.weights === undefined) sortNumbers(values, 0, size)
    else sortTogether(values, weights, 0, size)
    let [count, sum] = [0, 0]
    for (let at = 0; at < size; at++) {
      count += weights[at]!
      sum += values[at]! * weights[at]!
    }
    const [start, minimum, maximum] = [epochSeconds(origin + bucket * period), values[0]!, values[size - 1]!]
    // Extended statistics are not defined where any sample is negative.
    take(minimum < 0 ? { start, count, sum, minimum, maximum } : { start, count, sum, minimum, maximum, values, weights })
    from = to
  }
}

const viewOf = ({ values, weights }: SampleRows, from: number, to: number): Samples => ({
  values: values.subarray(from, to),
  weights: weights === undefined ? sharedOnes(to - from) : weights.subarray(from, to),
})

const scratchCopyOf = (rows: SampleRows, from: number, to: number): Samples => {
  const size = to - from
  const values = scratchOf(SAMPLES, size)
  for (let at = 0; at < size; at++) values[at] = rows.values[from + at]!
  if (rows.weights === undefined) return { values, weights: sharedOnes(size) }
  const weights = scratchOf(COUNTS, size)
  for (let at = 0; at < size; at++) weights[at] = rows.weights[from + at]!
  return { values, weights }
}

/** Arrays of the few lengths that buckets of a graph have. */
const scratchOf = (known: Float64Array[], length: number): Float64Array =>
  length < SCRATCH_LENGTHS ? (known[length] ??= new Float64Array(length)) : new Float64Array(length)
/** Half a megabyte each when all are there. */
const SCRATCH_LENGTHS = 360
const SAMPLES: Float64Array[] = []
const COUNTS: Float64Array[] = []

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
