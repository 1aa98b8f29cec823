import { expect, test } from 'vitest'
import { duration, elapsed, timeAgo } from './durations.ts'

test.each([
  [10, '10 seconds'], [60, '1 minute'], [90, '90 seconds'], [300, '5 minutes'], [3600, '1 hour'], [5400, '90 minutes'],
  [86_400, '1 day'], [604_800, '1 week'],
])('a duration of %i s reads %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})

test.each([
  [0, 'just now'], [4, 'just now'], [59, '59 seconds ago'], [60, '1 minute ago'], [8 * 60 + 59, '8 minutes ago'],
  [3600, '1 hour ago'], [3 * 86_400, '3 days ago'], [-120, 'in 2 minutes'],
])('%i s ago reads %s', (seconds, words) => {
  expect(timeAgo(1_800_000_000 - seconds, 1_800_000_000)).toBe(words)
})

test.each([[3.2, '3 ms'], [240, '240 ms'], [1432, '1.4 s'], [125_000, '2 min 5 s']])('%i ms of work reads %s', (millis, words) => {
  expect(elapsed(millis)).toBe(words)
})
