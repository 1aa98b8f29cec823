import type { Bucket } from '../../model/metric.ts'
import { foldSamples } from '../head/fold-samples.ts'

/** Older buckets followed by newer ones; where the last of the older and the first of the newer are the same bucket, their sum. */
export const mergeBuckets = (older: readonly Bucket[], newer: readonly Bucket[]): readonly Bucket[] => {
  const last = older.at(-1)
  const first = newer[0]
  if (last === undefined || first === undefined || last.start !== first.start) return [...older, ...newer]
  return [...older.slice(0, -1), addBuckets(last, first), ...newer.slice(1)]
}

const addBuckets = (one: Bucket, other: Bucket): Bucket => {
  const sums = {
    start: one.start,
    count: one.count + other.count,
    sum: one.sum + other.sum,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  }
  // The distribution is known only when it is known of both.
  if (one.values === undefined || one.weights === undefined || other.values === undefined || other.weights === undefined) return sums
  return {
    ...sums,
    ...foldSamples([...Array.from(one.values), ...Array.from(other.values)], [...Array.from(one.weights), ...Array.from(other.weights)]),
  }
}
