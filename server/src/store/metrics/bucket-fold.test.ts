import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'
import { BucketFold } from './bucket-fold.ts'
import type { PartialBucket } from './partial-bucket.ts'
import { sourceOf } from './sample-buckets.ts'

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
  const buckets = new BucketFold(0, 60)
  for (const one of parts) buckets.add(1n, one)
  const [bucket] = buckets.get(1n)!
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
  const buckets = new BucketFold(0, 60)
  buckets.add(2n, part([1], [1], 120))
  buckets.add(2n, part([2]))
  buckets.add(1n, part([3]))
  const sums = [1n, 2n, 3n].map(series => buckets.get(series)?.map(({ start, sum }) => [start, sum]))
  expect(sums).toEqual([[[60, 3]], [[60, 2], [120, 1]], undefined])
  expect([1n, 2n, 3n].map(series => buckets.has(series))).toEqual([true, true, false])
})

test('samples in columns are added to the rest, however often they are asked for', () => {
  const buckets = new BucketFold(0, 60)
  buckets.add(1n, part([9, 10]))
  buckets.addSamples(1n, sourceOf({ length: 3, buckets: Uint32Array.of(2, 1, 1), values: Float64Array.of(4, 8, 3), weights: undefined }))
  for (const _ of [1, 2]) {
    expect(buckets.get(1n)!.map(({ start, sum, values }) => [start, sum, Array.from(values!)])).toEqual([[60, 30, [3, 8, 9, 10]], [120, 4, [4]]])
  }
})

const sample = fc.record({ bucket: fc.nat(9), value: fc.integer({ min: -1, max: 9 }), weight: fc.constantFrom(1, 1, 2.5) })
const column = fc.record({ samples: fc.array(sample, { minLength: 1, maxLength: 12 }), ahead: fc.constantFrom(0, 10), weighted: fc.boolean() })

test('one after the other they are the same as all at once', () => {
  const plain = ({ values, weights, ...sums }: Bucket) => ({ ...sums, values: values && Array.from(values), weights: weights && Array.from(weights) })
  // Of equal values the order of weights is nobody's.
  const settled = (bucket: Bucket) => {
    const { values = [], weights = [], ...sums } = plain(bucket)
    return { ...sums, samples: values.map((value, index) => [value, weights[index]!] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]) }
  }
  fc.assert(fc.property(fc.array(column, { maxLength: 3 }), fc.boolean(), (columns, hasPart) => {
    const made = (): BucketFold => {
      const buckets = new BucketFold(0, 60)
      if (hasPart) buckets.add(1n, part([5], [1], 180))
      for (const { samples, ahead, weighted } of columns) {
        buckets.addSamples(1n, sourceOf({
          length: samples.length,
          buckets: Uint32Array.from(samples, ({ bucket }) => bucket + ahead),
          values: Float64Array.from(samples, ({ value }) => value),
          weights: weighted ? Float64Array.from(samples, ({ weight }) => weight) : undefined,
        }))
      }
      return buckets
    }
    const inTurn: ReturnType<typeof settled>[] = []
    made().each(1n, bucket => inTurn.push(settled(bucket)))
    expect(inTurn).toEqual((made().get(1n) ?? []).map(settled))
  }))
})
