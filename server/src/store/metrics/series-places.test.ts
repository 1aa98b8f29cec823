import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SeriesPlaces } from './series-places.ts'

/** Halves that often agree, so that ids meet in the table. */
const half = fc.constantFrom(0n, 1n, 7n, 0xffff_ffffn)
const id = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.tuple(half, half).map(([high, low]) => (high << 32n) | low))

test('every id is found at its place, however the ids resemble each other', () => {
  fc.assert(fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 40 }), ids => {
    const places = new SeriesPlaces(ids)
    expect([...places.of(BigUint64Array.from(ids.toReversed()))]).toEqual([...ids.keys()].reverse())
  }))
})

test('an id that was not asked for is refused', () => {
  expect(() => new SeriesPlaces([1n, 2n]).of(BigUint64Array.of(1n << 32n))).toThrow('not asked for')
})
