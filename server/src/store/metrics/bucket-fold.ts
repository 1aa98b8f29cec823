import { sortTogether } from '../../base/sort-together.ts'
import type { Bucket } from '../../model/metric.ts'

/** What one tier knows of a bucket. Samples in ascending order; absent when the distribution of some of it is unknown, or not asked for. */
export interface PartialBucket extends Bucket {
  readonly values?: Float64Array
  readonly weights?: Float64Array
}

/** Adds up what the tiers know of each bucket. */
export class BucketFold {
  readonly #series = new Map<bigint, PartialBucket[]>()

  add(series: bigint, part: PartialBucket): void {
    const parts = this.#series.get(series)
    if (parts === undefined) this.#series.set(series, [part])
    else parts.push(part)
  }

  /** Whole buckets of a tier, oldest first. */
  addAll(series: bigint, buckets: readonly PartialBucket[]): void {
    if (buckets.length === 0) return
    const parts = this.#series.get(series)
    if (parts === undefined) this.#series.set(series, [...buckets])
    else parts.push(...buckets)
  }

  finish(): ReadonlyMap<bigint, readonly Bucket[]> {
    for (const [series, parts] of this.#series) this.#series.set(series, mergeParts(parts))
    return this.#series
  }
}

/** Parts in any order, in place → whole buckets, oldest first. */
export const mergeParts = (parts: PartialBucket[]): PartialBucket[] => {
  if (isWhole(parts)) return parts
  parts.sort((a, b) => a.start - b.start)
  let length = 0
  for (const part of parts) {
    const last = length === 0 ? undefined : parts[length - 1]!
    if (last?.start === part.start) parts[length - 1] = merge(last, part)
    else parts[length++] = part
  }
  parts.length = length
  return parts
}

/** As nearly all are. */
const isWhole = (parts: readonly PartialBucket[]): boolean => {
  for (let index = 1; index < parts.length; index++) if (parts[index]!.start <= parts[index - 1]!.start) return false
  return true
}

const merge = (a: PartialBucket, b: PartialBucket): PartialBucket => {
  const sums = {
    start: a.start, count: a.count + b.count, sum: a.sum + b.sum, minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum),
  }
  return isSampled(a) && isSampled(b) ? { ...sums, ...joined(a, b) } : sums
}

type Sampled = Required<Pick<PartialBucket, 'values' | 'weights'>>
const isSampled = (part: PartialBucket): part is PartialBucket & Sampled => part.values !== undefined

const joined = (a: Sampled, b: Sampled): Sampled => {
  const together = (one: Float64Array, other: Float64Array): Float64Array => {
    const both = new Float64Array(one.length + other.length)
    both.set(one)
    both.set(other, one.length)
    return both
  }
  const result = { values: together(a.values, b.values), weights: together(a.weights, b.weights) }
  sortTogether(result.values, result.weights)
  return result
}
