import { doubled } from '../../model/metric-columns.ts'
import { remainder } from '../../base/remainder.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'
import { foldSamples } from './fold-samples.ts'
import { mergeParts } from '../metrics/bucket-fold.ts'
import type { PartialBucket } from '../metrics/partial-bucket.ts'
import { eachSampleBucket, sampleBuckets, type SampleRows } from '../metrics/sample-buckets.ts'
import type { PlacedVisitor } from './slice.ts'

/** Which samples are taken, and the buckets that they go into: those begin at `origin + k·period`, k of either sign. */
export interface SampleGrid {
  readonly start: number
  readonly end: number
  readonly period: number
  readonly origin: number
}

/** Buckets of series by their place in a list, oldest first; they are made when they are asked for. */
export interface PlacedBuckets {
  has(place: number): boolean
  get(place: number): readonly Bucket[]
  /** Hands over one bucket after the other; each may be looked at until the next one comes. */
  each(place: number, take: (bucket: Bucket) => void): void
}

/** Collects what slices show of many series, and makes buckets with samples of it. */
export class SampleGather implements PlacedVisitor {
  readonly #grid: SampleGrid
  /** Buckets are counted from here, so that no number is negative. */
  readonly #zero: number
  readonly #series: number
  #sliceStart = 0
  /** Of all samples of the slice; NONE where each has to be looked at. */
  #sliceBucket = NONE
  #length = 0
  /** Samples as they come; `#places` says whose each is. */
  #places = new Uint32Array(4096)
  #buckets = new Uint32Array(4096)
  #values = new Float64Array(4096)
  #weights = new Float64Array(4096)
  #weighted = false
  /** Statistic sets: their distribution is not known. */
  readonly #opaque = new Map<number, PartialBucket[]>()

  constructor(series: number, grid: SampleGrid) {
    this.#series = series
    this.#grid = grid
    this.#zero = grid.start - remainder(grid.start - grid.origin, grid.period)
  }

  /** What is shown next is of the minute from there. */
  beginMinute(sliceStart: number): void {
    const { start, end, period } = this.#grid
    this.#sliceStart = sliceStart
    const whole = sliceStart >= start && sliceStart + 60 <= end && period % 60 === 0 && (sliceStart - this.#zero) % 60 === 0
    this.#sliceBucket = whole ? Math.floor((sliceStart - this.#zero) / period) : NONE
  }

  point(place: number, second: number, value: number, count: number): void {
    let bucket = this.#sliceBucket
    if (bucket === NONE) {
      const at = this.#sliceStart + second
      const { start, end, period } = this.#grid
      if (at < start || at >= end) return
      bucket = Math.floor((at - this.#zero) / period)
    }
    const at = this.#length
    if (at === this.#values.length) this.#grow()
    this.#places[at] = place
    this.#buckets[at] = bucket
    this.#values[at] = value
    this.#weights[at] = count
    if (count !== 1) this.#weighted = true
    this.#length = at + 1
  }

  set(place: number, second: number, count: number, sum: number, minimum: number, maximum: number): void {
    const at = this.#sliceStart + second
    const { start, end, period } = this.#grid
    if (at < start || at >= end) return
    const part = { start: epochSeconds(at - remainder(at - this.#zero, period)), count, sum, minimum, maximum }
    const known = this.#opaque.get(place)
    if (known === undefined) this.#opaque.set(place, [part])
    else known.push(part)
  }

  finish(): PlacedBuckets {
    // Counted a place ahead, each becomes its series' start; filled, its end.
    const ends = new Uint32Array(this.#series + 1)
    for (let at = 0; at < this.#length; at++) ends[this.#places[at]! + 1]!++
    for (let place = 1; place < ends.length; place++) ends[place]! += ends[place - 1]!
    const [buckets, values] = [new Uint32Array(this.#length), new Float64Array(this.#length)]
    const weights = this.#weighted ? new Float64Array(this.#length) : undefined
    for (let at = 0; at < this.#length; at++) {
      const to = ends[this.#places[at]!]!++
      buckets[to] = this.#buckets[at]!
      values[to] = this.#values[at]!
      if (weights !== undefined) weights[to] = this.#weights[at]!
    }
    const startOf = (place: number): number => (place === 0 ? 0 : ends[place - 1]!)
    const rowsOf = (place: number): SampleRows => {
      const [from, to] = [startOf(place), ends[place]!]
      return { length: to - from, buckets: buckets.subarray(from, to), values: values.subarray(from, to), weights: weights?.subarray(from, to) }
    }
    const get = (place: number): readonly Bucket[] => {
      const sampled = sampleBuckets(rowsOf(place), this.#zero, this.#grid.period).map(folded)
      const opaque = this.#opaque.get(place)
      return opaque === undefined ? sampled : mergeParts([...sampled, ...opaque])
    }
    return {
      has: place => startOf(place) < ends[place]! || this.#opaque.has(place),
      get,
      each: (place, take) => {
        if (this.#opaque.has(place)) get(place).forEach(take)
        else eachSampleBucket(rowsOf(place), this.#zero, this.#grid.period, take)
      },
    }
  }

  #grow(): void {
    this.#places = doubled(this.#places, Uint32Array)
    this.#buckets = doubled(this.#buckets, Uint32Array)
    this.#values = doubled(this.#values, Float64Array)
    this.#weights = doubled(this.#weights, Float64Array)
  }
}

const NONE = -1

/** Equal values as one: the head folds them only as they come, where that is quick. */
const folded = (bucket: PartialBucket): PartialBucket => {
  const { values, weights } = bucket
  if (values === undefined || weights === undefined) return bucket
  for (let at = 1; at < values.length; at++) if (values[at] === values[at - 1]) return { ...bucket, ...foldSamples(values, weights) }
  return bucket
}
