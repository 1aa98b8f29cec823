import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortNumbers, sortTogether } from './sort-together.ts'

const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 })
const range = (length: number) => fc.tuple(fc.nat(length), fc.nat(length)).map(bounds => bounds.sort((a, b) => a - b) as [number, number])
const cases = numbers.chain(keys => fc.tuple(fc.constant(keys), range(keys.length)))

test('numbers of a range are put in order, and the others stay where they are', () => {
  fc.assert(fc.property(cases, ([keys, [from, to]]) => {
    const sorted = Float64Array.from(keys)
    sortNumbers(sorted, from, to)
    expect([...sorted]).toEqual([...keys.slice(0, from), ...keys.slice(from, to).sort((a, b) => a - b), ...keys.slice(to)])
  }))
})

test('a second column follows the first', () => {
  fc.assert(fc.property(cases, ([keys, [from, to]]) => {
    const sorted = Float64Array.from(keys)
    const places = keys.map((_, place) => place)
    sortTogether(sorted, places, from, to)
    expect([...sorted]).toEqual([...keys.slice(0, from), ...keys.slice(from, to).sort((a, b) => a - b), ...keys.slice(to)])
    expect(places.map(place => keys[place])).toEqual([...sorted])
    expect(new Set(places).size).toBe(keys.length)
  }))
})
