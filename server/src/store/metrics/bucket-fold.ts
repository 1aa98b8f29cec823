import { sortTogether } from '../../base/sort-together.ts'
import type { Bucket } from '../../model/metric.ts'
import type { PartialBucket } from './partial-bucket.ts'
import { eachSampleBucket, sampleBuckets, SampleMemory, type SampleSource } from './sample-buckets.ts'

/** Buckets of many series, oldest first; they are made when they are asked for. */
export interface SeriesBuckets {
  /** Whether the series has any. */
  has(series: bigint): boolean
  get(series: bigint): readonly Bucket[] | undefined
  /** Hands over one bucket after the other; each may be looked at until the next one comes. */
  each(series: bigint, take: (bucket: Bucket) => void): void
}

/**
 * Adds up what the tiers know of each bucket. Samples stay in their columns until a series is asked for: tens of thousands of buckets that
 * are there at once are more work for the garbage collector than for whoever makes them.
 */
export class BucketFold implements SeriesBuckets {
  readonly #origin: number
  readonly #period: number
  readonly #parts = new Map<bigint, PartialBucket[]>()
  readonly #samples = new Map<bigint, SampleSource[]>()

  /** Samples are in buckets that begin at `origin + k·period`. */
  constructor(origin: number, period: number) {
    this.#origin = origin
    this.#period = period
  }

  add(series: bigint, part: PartialBucket): void {
    listOf(this.#parts, series).push(part)
  }

  addSamples(series: bigint, source: SampleSource): void {
    if (source.room > 0) listOf(this.#samples, series).push(source)
  }

  has(series: bigint): boolean {
    return this.#parts.has(series) || this.#samples.has(series)
  }

  get(series: bigint): readonly Bucket[] | undefined {
    if (!this.has(series)) return undefined
    const parts = [...this.#parts.get(series) ?? []]
    for (const source of this.#samples.get(series) ?? []) {
      for (const bucket of sampleBuckets(source.rows(), this.#origin, this.#period)) parts.push(bucket)
    }
    return mergeParts(parts)
  }

  each(series: bigint, take: (bucket: Bucket) => void): void {
    const sources = this.#parts.has(series) ? undefined : inTurn(this.#samples.get(series) ?? [])
    if (sources === undefined) return this.get(series)?.forEach(take)
    for (const source of sources) eachSampleBucket(source.rows(memoryFor(source.room)), this.#origin, this.#period, take)
  }
}

/** One after the other; undefined: a bucket may lie in two of them. */
const inTurn = (sources: readonly SampleSource[]): readonly SampleSource[] | undefined => {
  const sorted = sources.toSorted((a, b) => a.first - b.first)
  for (let index = 1; index < sorted.length; index++) if (sorted[index]!.first <= sorted[index - 1]!.last) return undefined
  return sorted
}

/** Shared by all: buckets that are handed over one after the other are looked at until the next one comes. */
let memory = new SampleMemory(8_192)
const memoryFor = (room: number): SampleMemory => {
  if (room <= memory.values.length) return memory
  const larger = new SampleMemory(2 ** Math.ceil(Math.log2(room)))
  if (room <= LARGEST_MEMORY) memory = larger
  return larger
}
/** Samples: three megabytes. */
const LARGEST_MEMORY = 262_144

const listOf = <Item>(lists: Map<bigint, Item[]>, series: bigint): Item[] => {
  const known = lists.get(series)
  if (known !== undefined) return known
  const made: Item[] = []
  lists.set(series, made)
  return made
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
