import { expect, test } from 'vitest'
import type { QueryRow } from '../aws/log-queries.ts'
import { drawableOf, secondsOf } from './query-chart.ts'

const answer = (...rows: QueryRow[]) => ({ columns: [...new Set(rows.flatMap(row => Object.keys(row)))], rows })

test('times are those of results, in UTC', () => {
  expect(secondsOf('2026-11-21 10:00:30.500')).toBe(Date.UTC(2026, 10, 21, 10, 0, 30, 500) / 1000)
  expect(secondsOf('yesterday')).toBeNaN()
})

test('stats by bin and another field is a line for each of its values, oldest first', () => {
  expect(drawableOf(answer(
    { 'bin(1m)': '2026-01-01 00:01:00.000', 'level': 'ERROR', 'count(*)': '2' }, { 'bin(1m)': '2026-01-01 00:00:00.000', 'level': 'ERROR', 'count(*)': '1' },
    { 'bin(1m)': '2026-01-01 00:00:00.000', 'level': 'INFO', 'count(*)': '7' },
  ))).toEqual({
    time: 'bin(1m)',
    lines: [{ label: 'ERROR', timestamps: [1_767_225_600, 1_767_225_660], values: [1, 2] }, { label: 'INFO', timestamps: [1_767_225_600], values: [7] }],
  })
})

test('stats by a field is a value for each row', () => {
  expect(drawableOf(answer({ path: '/a', n: '1', m: '2' }, { path: '/b', n: '3' }))?.lines.map(({ label, values }) => [label, values[0]])).toEqual([
    ['/a n', 1], ['/a m', 2], ['/b n', 3],
  ])
  expect(drawableOf(answer({ status: '200', n: '5' }, { status: '500', n: '1' }))?.lines.map(({ label }) => label)).toEqual(['200', '500'])
  expect(drawableOf(answer({ n: '5' }))?.lines.map(({ label }) => label)).toEqual(['n'])
})

test('events and texts are not drawn', () => {
  expect(drawableOf(answer({ '@ptr': 'x', 'n': '1' }))).toBeUndefined()
  expect(drawableOf(answer({ a: 'x' }))).toBeUndefined()
  expect(drawableOf(answer())).toBeUndefined()
})
