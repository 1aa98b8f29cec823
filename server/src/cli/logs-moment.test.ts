import { expect, test } from 'vitest'
import { groupsOf } from './logs-groups.ts'
import { momentOf } from './logs-moment.ts'

const NOW = Date.UTC(2026, 0, 31, 12)

test.each([
  ['90s', NOW - 90_000], ['10m', NOW - 600_000], ['1h', NOW - 3_600_000], ['2d', NOW - 172_800_000], ['1w', NOW - 604_800_000],
  ['2026-01-31T11:00:00Z', NOW - 3_600_000], ['999999999w', 0],
])('%s is a moment', (text, at) => {
  expect(momentOf('--since', text, NOW)).toBe(at)
})

test.each(['yesterday', '10', '-5m', '5 m', ''])('%j is none', text => {
  expect(() => momentOf('--until', text, NOW)).toThrow(/^--until must be a time/)
})

test('groups are named by words and by commas, each once', () => {
  expect(groupsOf(['/a,/b', ' /b ', '/c'])).toEqual(['/a', '/b', '/c'])
  expect(() => groupsOf([',', ''])).toThrow('Which log group?')
})
