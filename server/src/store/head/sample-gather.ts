import { doubled } from '../../model/metric-columns.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'
import { foldSamples } from './fold-samples.ts'
import { mergeParts, type PartialBucket } from '../metrics/bucket-fold.ts'
import { sampleBuckets } from '../metrics/sample-buckets.ts'
import type { PlacedVisitor } from './slice.ts'

/** Which samples are taken, and the buckets that they go into: those begin at `origin + k·period`, k of either sign. */
export interface SampleGrid {
  readonly start: number
  readonly end: number
  readonly period: number
  readonly origin: number
}

/** Collects what slices show of many series, and makes buckets with samples of it. */
export class SampleGather implements PlacedVisitor {
  sliceStart = 0
  readonly #grid: SampleGrid
  /** Buckets are counted from here, so that no number is negative. */
  readonly #zero: number
  readonly #rows: GatheredRows[]

  constructor(series: number, grid: SampleGrid) {
    this.#grid = grid
    this.#zero = grid.start - mod(grid.start - grid.origin, grid.period)
    this.#rows = Array.from({ length: series }, () => new GatheredRows())
  }

  point(place: number, second: number, value: number, count: number): void {
    const at = this.sliceStart + second
    const { start, end, period } = this.#grid
    if (at < start || at >= end) return
    this.#rows[place]!.add(Math.floor((at - this.#zero) / period), value, count)
  }

  set(place: number, second: number, count: number, sum: number, minimum: number, maximum: number): void {
    const at = this.sliceStart + second
    const { start, end, period } = this.#grid
    if (at < start || at >= end) return
    this.#rows[place]!.opaque.push({ start: epochSeconds(at - mod(at - this.#zero, period)), count, sum, minimum, maximum })
  }

  /** The buckets of each series, oldest first. */
  finish(): readonly (readonly Bucket[])[] {
    return this.#rows.map(rows => {
      if (rows.length === 0 && rows.opaque.length === 0) return NONE
      const sampled = sampleBuckets(rows, this.#zero, this.#grid.period).map(folded)
      return rows.opaque.length === 0 ? sampled : mergeParts([...sampled, ...rows.opaque])
    })
  }
}

const NONE: readonly Bucket[] = []
const mod = (value: number, by: number): number => ((value % by) + by) % by

/** Equal values as one: the head folds them only as they come, where that is quick. */
const folded = (bucket: PartialBucket): PartialBucket => {
  const { values, weights } = bucket
  if (values === undefined || weights === undefined) return bucket
  for (let at = 1; at < values.length; at++) if (values[at] === values[at - 1]) return { ...bucket, ...foldSamples(values, weights) }
  return bucket
}

class GatheredRows {
  length = 0
  buckets = new Uint32Array(256)
  values = new Float64Array(256)
  /** Statistic sets: their distribution is not known. */
  readonly opaque: PartialBucket[] = []
  #weights = new Float64Array(256)
  #weighted = false

  get weights(): Float64Array | undefined {
    return this.#weighted ? this.#weights : undefined
  }

  add(bucket: number, value: number, weight: number): void {
    const at = this.length
    if (at === this.values.length) this.#grow()
    this.buckets[at] = bucket
    this.values[at] = value
    this.#weights[at] = weight
    if (weight !== 1) this.#weighted = true
    this.length = at + 1
  }

  #grow(): void {
    this.buckets = doubled(this.buckets, Uint32Array)
    this.values = doubled(this.values, Float64Array)
    this.#weights = doubled(this.#weights, Float64Array)
  }
}
