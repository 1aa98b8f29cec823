import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'

/** What one tier knows of a bucket; `values` undefined when the distribution of some of it is unknown, or not asked for. */
export interface PartialBucket {
  readonly start: number
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
  readonly values: Float64Array | undefined
  readonly weights: Float64Array | undefined
}

/** Adds up what the tiers know of each bucket and puts the samples in order. */
export class BucketFold {
  readonly #samples: boolean
  readonly #series = new Map<bigint, PartialBucket[]>()

  constructor(samples: boolean) {
    this.#samples = samples
  }

  /** The part's samples become the fold's own. */
  add(series: bigint, part: PartialBucket): void {
    const parts = this.#series.get(series)
    if (parts === undefined) this.#series.set(series, [part])
    else parts.push(part)
  }

  finish(): ReadonlyMap<bigint, readonly Bucket[]> {
    const result = new Map<bigint, readonly Bucket[]>()
    for (const [series, parts] of this.#series) {
      parts.sort((a, b) => a.start - b.start)
      const buckets: Bucket[] = []
      for (let from = 0; from < parts.length; ) {
        let whole = parts[from++]!
        while (from < parts.length && parts[from]!.start === whole.start) whole = merge(whole, parts[from++]!)
        buckets.push(this.#bucket(whole))
      }
      result.set(series, buckets)
    }
    return result
  }

  #bucket({ start, count, sum, minimum, maximum, values, weights }: PartialBucket): Bucket {
    const basic = { start: epochSeconds(start), count, sum, minimum, maximum }
    if (!this.#samples || values === undefined || weights === undefined || minimum < 0) return basic
    sortSamples(values, weights)
    return { start: basic.start, count, sum, minimum, maximum, values, weights }
  }
}

const merge = (a: PartialBucket, b: PartialBucket): PartialBucket => ({
  start: a.start,
  count: a.count + b.count,
  sum: a.sum + b.sum,
  minimum: Math.min(a.minimum, b.minimum),
  maximum: Math.max(a.maximum, b.maximum),
  values: joined(a.values, b.values),
  weights: joined(a.weights, b.weights),
})

const joined = (a: Float64Array | undefined, b: Float64Array | undefined): Float64Array | undefined => {
  if (a === undefined || b === undefined) return undefined
  const both = new Float64Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Puts them in order where they are: they belong to an answer that nobody else reads, and a copy a bucket was most of a read's time. */
const sortSamples = (values: Float64Array, weights: Float64Array): void => {
  if (isAscending(values)) return
  // Weights are nearly always all one: then the values alone can be sorted, which pays for many of them.
  if (values.length > NATIVE_FROM && weights.every(weight => weight === weights[0])) values.sort()
  else sortTogether(values, weights)
}
const NATIVE_FROM = 200

/**
 * Shell's sort of two columns by the first, in place. The buckets of a graph are many and short: sorting an index through a
 * comparing function took five times as long.
 */
const sortTogether = (keys: Float64Array, others: Float64Array): void => {
  let gap = 1
  while (gap < keys.length / 2.25) gap = Math.ceil(gap * 2.25)
  for (; gap > 0; gap = gap === 1 ? 0 : Math.max(1, Math.floor(gap / 2.25))) {
    for (let from = gap; from < keys.length; from++) {
      const [key, other] = [keys[from]!, others[from]!]
      let at = from
      for (; at >= gap && keys[at - gap]! > key; at -= gap) {
        keys[at] = keys[at - gap]!
        others[at] = others[at - gap]!
      }
      keys[at] = key
      others[at] = other
    }
  }
}

const isAscending = (values: Float64Array): boolean => {
  for (let index = 1; index < values.length; index++) if (values[index]! < values[index - 1]!) return false
  return true
}
