import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BucketFold, type PartialBucket } from './bucket-fold.ts'

const part = (values: readonly number[], weights: readonly number[] = values.map(() => 1), start = 60): PartialBucket => ({
  start,
  count: weights.reduce((sum, weight) => sum + weight, 0),
  sum: values.reduce((sum, value, index) => sum + value * weights[index]!, 0),
  minimum: Math.min(...values),
  maximum: Math.max(...values),
  values: Float64Array.from(values),
  weights: Float64Array.from(weights),
})
const fold = (...parts: readonly PartialBucket[]) => {
  const buckets = new BucketFold(true)
  for (const one of parts) buckets.add(1n, one)
  const [bucket] = buckets.finish().get(1n)!
  const { values, weights, ...basic } = bucket!
  return { ...basic, values: values && Array.from(values), weights: weights && Array.from(weights) }
}

test('samples of several tiers are put in one order, each with its own weight', () => {
  expect(fold(part([3, 1], [1, 5]), part([2], [7]))).toEqual({ start: 60, count: 13, sum: 22, minimum: 1, maximum: 3, values: [1, 2, 3], weights: [5, 7, 1] })
  expect(fold(part([3, 1]), part([2]))).toMatchObject({ values: [1, 2, 3], weights: [1, 1, 1] })
})

test('one unknown distribution or one negative sample takes the samples of the bucket', () => {
  const unknown = { ...part([2]), values: undefined, weights: undefined }
  for (const parts of [[unknown, part([1])], [part([1]), unknown], [part([1]), part([-1])]]) {
    expect(fold(...parts)).toMatchObject({ count: 2, values: undefined, weights: undefined })
  }
})

test('buckets come oldest first, apart by series', () => {
  const buckets = new BucketFold(false)
  buckets.add(2n, part([1], [1], 120))
  buckets.add(2n, part([2]))
  buckets.add(1n, part([3]))
  expect(Array.from(buckets.finish(), ([series, list]) => [series, list.map(({ start, sum }) => [start, sum])])).toEqual([
    [2n, [[60, 2], [120, 1]]],
    [1n, [[60, 3]]],
  ])
})

test('any number of samples is put in order with their weights', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 300 })
  fc.assert(fc.property(samples, pairs => {
    const { values, weights } = fold(part(pairs.map(([value]) => value), pairs.map(([, weight]) => weight)))
    const ordered = (all: readonly (readonly number[])[]) => all.map(([value, weight]) => value! * 10 + weight!).sort((a, b) => a - b)
    expect(values).toEqual(pairs.map(([value]) => value).sort((a, b) => a - b))
    expect(ordered(values!.map((value, index) => [value, weights![index]!]))).toEqual(ordered(pairs))
  }))
})
