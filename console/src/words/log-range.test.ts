import { expect, test } from 'vitest'
import type { Range } from './ranges.ts'
import { rangeIn, rangeOut } from './log-range.ts'

test.each<[string, Range]>([
  ['', { kind: 'last', seconds: 3600 }],
  ['range=15m', { kind: 'last', seconds: 900 }],
  ['range=2d', { kind: 'last', seconds: 172_800 }],
  ['range=0m', { kind: 'last', seconds: 3600 }],
  ['start=100&end=200', { kind: 'between', start: 100, end: 200 }],
  ['start=200&end=100', { kind: 'last', seconds: 3600 }],
])('the address %j', (address, range) => {
  expect(rangeIn(new URLSearchParams(address))).toEqual(range)
})

test.each<Range>([
  { kind: 'last', seconds: 300 }, { kind: 'last', seconds: 7200 }, { kind: 'last', seconds: 604_800 }, { kind: 'between', start: 5, end: 9 },
])('what is written is read again: %j', range => {
  expect(rangeIn(new URLSearchParams({ ...rangeOut(range) }))).toEqual(range)
})
