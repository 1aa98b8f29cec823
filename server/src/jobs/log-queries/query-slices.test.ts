import { describe, expect, test } from 'vitest'
import { compileQuery } from '../../engines/insights/compile-query.ts'
import { progressOf, slicesOf } from './query-slices.ts'

const HOUR = 3_600_000
/** Millions of events in each hour, the newest first; the range is 24 hours. */
const hours = (...millions: readonly number[]) => millions.map((each, index) => ({ start: (23 - index) * HOUR, records: each * 1_000_000 }))
const RANGE = { from: 0, to: 24 * HOUR }

describe('slices', () => {
  test.each<[millions: readonly number[], slices: readonly (readonly [from: number, to: number])[]]>([
    [[], [[0, 24]]],
    [[1, 1, 1], [[0, 24]]],
    [[5, 5], [[23, 24], [0, 23]]],
    [[2, 2, 8, 8, 30, 30, 30], [[22, 24], [20, 22], [17, 20], [0, 17]]],
    [[100], [[23, 24], [0, 23]]],
  ])('of %j million an hour', (millions, slices) => {
    expect(slicesOf(RANGE, hours(...millions)).map(({ from, to }) => [from / HOUR, to / HOUR])).toEqual(slices)
  })

  test('cover the range without gaps, wherever its ends lie', () => {
    const range = { from: 90 * 60_000, to: 23.5 * HOUR }
    const slices = slicesOf(range, Array.from({ length: 23 }, (_, index) => ({ start: (23 - index) * HOUR, records: 3_000_000 })))
    expect(slices.length).toBeGreaterThan(2)
    expect([slices[0]!.to, slices.at(-1)!.from]).toEqual([range.to, range.from])
    slices.slice(1).forEach((slice, index) => expect(slice.to).toBe(slices[index]!.from))
  })

  test('of hours before the range there are none', () => {
    expect(slicesOf({ from: 22.5 * HOUR, to: 24 * HOUR }, hours(1, 9, 9))).toEqual([{ from: 22.5 * HOUR, to: 24 * HOUR }])
  })
})

test.each([
  ['fields @message', 'newest first'],
  ['filter @message like "FROM log_events ORDER BY ts DESC, seq DESC LIMIT 1" | limit 5', 'newest first'],
  ['fields @message | sort @timestamp desc | limit 5', 'newest first'],
  ['fields @message | sort @timestamp asc', 'growing'],
  ['limit 5 | filter a = 1', 'growing'],
  ['dedup a', 'growing'],
  ['stats count(*) by bin(5m)', 'growing'],
  ['expand a', 'growing'],
  ['pattern @message', 'whole'],
  ['pattern @message | diff', 'whole'],
  ['logcompare timeshift 7d', 'whole'],
  ['relevantfields where a = 1', 'whole'],
  ['stats count(*) | estimate', 'whole'],
  ['filter a in (SOURCE "g" | fields b)', 'whole'],
  ['appendcols (SOURCE "g" | fields b)', 'whole'],
])('%s is shown %s', (text, progress) => {
  const group = { id: 7, label: '1:g' }
  expect(progressOf(compileQuery(text, { start: 0, end: 1, now: 2, groups: [group], groupsOf: () => [group] }))).toBe(progress)
})
