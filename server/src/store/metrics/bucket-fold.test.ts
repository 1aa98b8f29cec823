import { expect, test } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import { BucketFold, type PartialBucket } from './bucket-fold.ts'

const part = (values: readonly number[], weights: readonly number[] = values.map(() => 1), start = 60): PartialBucket => ({
  start: epochSeconds(start),
  count: weights.reduce((sum, weight) => sum + weight, 0),
  sum: values.reduce((sum, value, index) => sum + value * weights[index]!, 0),
  minimum: Math.min(...values),
  maximum: Math.max(...values),
  values: Float64Array.from(values),
  weights: Float64Array.from(weights),
})
const fold = (...parts: readonly PartialBucket[]) => {
  const buckets = new BucketFold()
  for (const one of parts) buckets.add(1n, one)
  const [bucket] = buckets.finish().get(1n)!
  const { values, weights, ...basic } = bucket!
  return { ...basic, values: values && Array.from(values), weights: weights && Array.from(weights) }
}

test('samples of several tiers are put in one order, each with its own weight', () => {
  expect(fold(part([1, 3], [5, 1]), part([2], [7]))).toEqual({ start: 60, count: 13, sum: 22, minimum: 1, maximum: 3, values: [1, 2, 3], weights: [5, 7, 1] })
  expect(fold(part([1, 3]), part([2]))).toMatchObject({ values: [1, 2, 3], weights: [1, 1, 1] })
})

test('one unknown distribution takes the samples of the bucket', () => {
  const { values: _, weights: __, ...unknown } = part([2])
  for (const parts of [[unknown, part([1])], [part([1]), unknown]]) expect(fold(...parts)).toMatchObject({ count: 2, values: undefined, weights: undefined })
})

test('buckets come oldest first, apart by series', () => {
  const buckets = new BucketFold()
  buckets.add(2n, part([1], [1], 120))
  buckets.add(2n, part([2]))
  buckets.add(1n, part([3]))
  expect(Array.from(buckets.finish(), ([series, list]) => [series, list.map(({ start, sum }) => [start, sum])])).toEqual([
    [2n, [[60, 2], [120, 1]]],
    [1n, [[60, 3]]],
  ])
})
