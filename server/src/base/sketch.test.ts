import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sketchKey, sketchValue } from './sketch.ts'

const NORMAL = fc.double({ min: 2 ** -1022, max: 2 ** 360, noNaN: true })

test('a bucket\'s middle is within one percent of every value in it', () => {
  fc.assert(fc.property(NORMAL, value => {
    expect(Math.abs(sketchValue(sketchKey(value)) / value - 1)).toBeLessThanOrEqual(1 / 128)
  }))
})

test('keys ascend with the values', () => {
  fc.assert(fc.property(NORMAL, NORMAL, (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a]
    expect(sketchKey(low)).toBeLessThanOrEqual(sketchKey(high))
  }))
})

test.for([
  [0, 0, 0],
  [-0, 0, 0],
  [5e-324, 0, 0],
  [1, 65_472, 1.0078125],
  [1.015625, 65_473, 1.0234375],
  [2, 65_536, 2.015625],
  [2 ** 360, 88_512, 2 ** 360 * 1.0078125],
] as const)('%d is in bucket %i, whose middle is %d', ([value, key, middle]) => {
  expect(sketchKey(value)).toBe(key)
  expect(sketchValue(key)).toBe(middle)
})
