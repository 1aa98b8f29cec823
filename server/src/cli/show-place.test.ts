import { expect, test } from 'vitest'
import { placeInPattern, showPlace } from './show-place.ts'

test.each([
  ['one line', 'stats nope(ms)', { start: 6, end: 14 }, '\n  stats nope(ms)\n        ^^^^^^^^'],
  ['a line of several', 'fields a\n| stats nope(ms)\n| limit 1', { start: 17, end: 25 }, '\n  | stats nope(ms)\n          ^^^^^^^^'],
  ['the end', 'limit', { start: 5, end: 6 }, '\n  limit\n       ^'],
  ['behind wide letters and controls', '値\u0000 = 1x', { start: 5, end: 7 }, '\n  値· = 1x\n        ^^'],
])('carets stand under %s', (_, text, place, shown) => {
  expect(showPlace(text, place)).toBe(shown)
})

test.each([
  ['{ $.ms', 'Invalid filter pattern: it ends too early', { start: 6, end: 7 }],
  ['[a, b', "If a filter pattern starts with '[' it must end with ']'", { start: 5, end: 6 }],
  ['{ $.ms == 8 }', "Invalid filter pattern: unexpected '=='", { start: 7, end: 9 }],
  ['a b; c', "Invalid character(s) in term 'b;'", { start: 2, end: 4 }],
  ['{ = = }', "Invalid filter pattern: unexpected '='", undefined],
  ['x', 'Something else', undefined],
])('of %j it is known where %j', (pattern, refusal, place) => {
  expect(placeInPattern(pattern, refusal)).toEqual(place)
})
