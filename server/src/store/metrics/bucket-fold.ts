import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'

/** What one tier knows of a bucket; `values` undefined when the distribution of some of it is unknown. */
export interface PartialBucket {
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
  readonly #series = new Map<bigint, Map<number, PartialBucket>>()

  constructor(samples: boolean) {
    this.#samples = samples
  }

  add(series: bigint, start: number, part: PartialBucket): void {
    let buckets = this.#series.get(series)
    if (buckets === undefined) this.#series.set(series, (buckets = new Map<number, PartialBucket>()))
    const before = buckets.get(start)
    buckets.set(start, before === undefined ? part : merge(before, part))
  }

  finish(): ReadonlyMap<bigint, readonly Bucket[]> {
    const result = new Map<bigint, readonly Bucket[]>()
    for (const [series, buckets] of this.#series) {
      const ordered = [...buckets].sort(([a], [b]) => a - b)
      result.set(series, ordered.map(([start, part]) => this.#bucket(start, part)))
    }
    return result
  }

  #bucket(start: number, { count, sum, minimum, maximum, values, weights }: PartialBucket): Bucket {
    const basic = { start: epochSeconds(start), count, sum, minimum, maximum }
    if (!this.#samples || values === undefined || weights === undefined || minimum < 0) return basic
    return { ...basic, ...sorted(values, weights) }
  }
}

const merge = (a: PartialBucket, b: PartialBucket): PartialBucket => ({
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

const sorted = (values: Float64Array, weights: Float64Array): { readonly values: Float64Array; readonly weights: Float64Array } => {
  if (isAscending(values)) return { values, weights }
  const first = weights[0]!
  // Weights are nearly always all one: then the values alone can be sorted, which is an order of magnitude faster.
  if (weights.every(weight => weight === first)) return { values: values.slice().sort(), weights }
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  return { values: Float64Array.from(order, index => values[index]!), weights: Float64Array.from(order, index => weights[index]!) }
}

const isAscending = (values: Float64Array): boolean => {
  for (let index = 1; index < values.length; index++) if (values[index]! < values[index - 1]!) return false
  return true
}
