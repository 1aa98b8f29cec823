import { expect, test } from 'vitest'
import { epochMillis, epochSeconds, seconds } from '../../../base/time.ts'
import { automaticPeriod, endSecond, isQueryPeriod, oldestStart, roundStart } from './time-range.ts'

const at = (text: string) => epochMillis(Date.parse(text))
const shown = (second: number) => new Date(second * 1000).toISOString().slice(0, 19)

test.each([
  ['an hour', '2026-03-04T12:32:34Z', 60, '2026-03-04T13:32:34Z', '2026-03-04T12:32:00'],
  ['16 days', '2026-03-04T12:32:34Z', 60, '2026-03-20T12:32:34Z', '2026-03-04T12:30:00'],
  ['64 days', '2026-03-04T12:32:34Z', 60, '2026-05-07T12:32:34Z', '2026-03-04T12:00:00'],
  ['10 s at period 10', '2026-03-04T01:05:13Z', 10, '2026-03-04T01:05:23Z', '2026-03-04T01:05:10'],
  ['5 minutes at period 5', '2026-03-04T15:02:17Z', 5, '2026-03-04T15:07:17Z', '2026-03-04T15:02:15'],
  ['a minute at period 1', '2026-03-04T15:02:17.400Z', 1, '2026-03-04T15:03:17Z', '2026-03-04T15:02:17'],
])('rounds a start %s ago down', (_age, start, period, now, rounded) => {
  expect(shown(roundStart(at(start), seconds(period), at(now)))).toBe(rounded)
})

test.each([
  [1, '2026-03-04T09:00:00'],
  [30, '2026-03-04T09:00:00'],
  [60, '2026-02-17T12:00:00'],
  [180, '2026-02-17T12:00:00'],
  [300, '2025-12-31T12:00:00'],
  [3600, '2024-12-04T12:00:00'],
  [86_400, '2024-12-04T12:00:00'],
])('has data of period %i from %s on', (period, oldest) => {
  expect(shown(oldestStart(seconds(period), at('2026-03-04T12:00:00Z'), epochSeconds(0)))).toBe(oldest)
})

test('lets the second in which an exclusive end lies still in', () => {
  expect(endSecond(epochMillis(10_000))).toBe(10)
  expect(endSecond(epochMillis(10_001))).toBe(11)
})

test('takes the documented periods alone', () => {
  expect([1, 5, 10, 20, 30, 60, 120, 86_400].filter(isQueryPeriod)).toHaveLength(8)
  expect([0, -60, 2, 15, 45, 61, 90, 60.5, NaN].filter(isQueryPeriod)).toEqual([])
})

test.each([
  ['three hours', '2026-03-04T09:00:00Z', '2026-03-04T12:00:00Z', 60],
  ['a day', '2026-03-03T12:00:00Z', '2026-03-04T12:00:00Z', 60],
  ['two days', '2026-03-02T12:00:00Z', '2026-03-04T12:00:00Z', 300],
  ['two weeks', '2026-02-18T12:00:00Z', '2026-03-04T12:00:00Z', 3600],
  ['an hour of three weeks ago', '2026-02-11T12:00:00Z', '2026-02-11T13:00:00Z', 300],
  ['an hour of a season ago', '2025-12-04T12:00:00Z', '2025-12-04T13:00:00Z', 3600],
  ['a year', '2025-03-04T12:00:00Z', '2026-03-04T12:00:00Z', 86_400],
])('takes a period for %s that it has data of, and not too much', (_name, start, end, period) => {
  expect(automaticPeriod(at(start), at(end), at('2026-03-04T12:00:00Z'))).toBe(period)
})
