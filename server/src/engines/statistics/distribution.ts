import type { Bucket } from '../../model/metric.ts'

/** Samples in ascending order, each with its multiplicity; `total` is the sum of the weights. */
export interface Distribution {
  readonly values: ArrayLike<number>
  readonly weights: ArrayLike<number>
  readonly total: number
}

/**
 * The samples of a bucket, or undefined where CloudWatch has no extended statistics: with a negative sample, or for a
 * statistic set whose distribution is unknown. A set whose samples must all be equal is known
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html).
 */
export const distributionOf = (bucket: Bucket): Distribution | undefined => {
  if (!(bucket.count > 0) || bucket.minimum < 0) return undefined
  if (bucket.values !== undefined && bucket.weights !== undefined) {
    return bucket.values.length === 0 ? undefined : { values: bucket.values, weights: bucket.weights, total: bucket.count }
  }
  const allEqual = bucket.minimum === bucket.maximum && bucket.sum === bucket.minimum * bucket.count
  return allEqual ? { values: [bucket.minimum], weights: [bucket.count], total: bucket.count } : undefined
}

/**
 * The percentile with linear interpolation between the two nearest ranks. AWS does not publish its rule and keeps an
 * approximate histogram; this one is exact and the one spreadsheets use.
 */
export const percentileOf = (distribution: Distribution, percent: number): number => {
  const rank = Math.max(0, (percent / 100) * (distribution.total - 1))
  const below = Math.floor(rank)
  const fraction = rank - below
  const { values, weights } = distribution
  const last = values.length - 1
  let place = 0
  let covered = weights[0]!
  while (covered <= below && place < last) covered += weights[++place]!
  const lower = values[place]!
  if (fraction === 0) return lower
  while (covered <= below + 1 && place < last) covered += weights[++place]!
  return lower + (values[place]! - lower) * fraction
}
