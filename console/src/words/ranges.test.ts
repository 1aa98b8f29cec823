import { expect, test } from 'vitest'
import { rangeFrom, readableEnd, shownPeriod, window } from './ranges.ts'

const NOW = 1_800_000_000
const HOUR = 3600

test.each<[string, number, number, number]>([
  ['10 s over an hour stays', 10, HOUR, 10],
  ['10 s over three hours stays', 10, 3 * HOUR, 10],
  ['10 s over twelve hours becomes a minute: ten-second data is gone after three hours', 10, 12 * HOUR, 60],
  ['1 s over an hour stays', 1, HOUR, 1],
  ['a minute over a week stays', 60, 168 * HOUR, 60],
  ['five minutes over a week stay', 300, 168 * HOUR, 300],
  ['a minute over twenty days becomes five', 60, 480 * HOUR, 300],
  ['an hour over a hundred days stays', 3600, 2400 * HOUR, 3600],
  ['five minutes over a hundred days become an hour', 300, 2400 * HOUR, 3600],
])('%s', (_name, wanted, seconds, shown) => {
  expect(shownPeriod(wanted, NOW - seconds, NOW, NOW + 0.9)).toBe(shown)
})

test('a relative range ends now', () => {
  expect(window(rangeFrom('1h'), NOW + 0.9)).toEqual({ start: NOW - HOUR, end: NOW })
  expect(window({ kind: 'between', start: 5, end: 9 }, NOW)).toMatchObject({ start: 5, end: 9 })
})

test.each([
  ['Average', 130], ['Maximum', 130], ['p99', 130], ['TM(1%:99%)', 130], ['IQM', 130], ['Sum', 120], ['SampleCount', 120],
  ['TC(0:5)', 120], ['ts90', 120],
])('of %s in a running minute, %i seconds are read', (statistic, end) => {
  expect(readableEnd(statistic, 60, 130, 130.5)).toBe(end)
})

test('a range that ended long ago is read to its end', () => {
  expect(readableEnd('Sum', 60, 90, 1000)).toBe(90)
})
