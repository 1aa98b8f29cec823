import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { parseQuerySchedule } from './query-schedule.ts'

/** A Sunday. */
const START = epochMillis(Date.UTC(2026, 1, 1))

test.for<readonly [expression: string, runs: readonly string[], timezone?: string]>([
  ['rate(12 hours)', ['2026-02-01T12:00', '2026-02-02T00:00']],
  ['cron(0/20 * * * ? *)', ['2026-02-01T00:20', '2026-02-01T00:40', '2026-02-01T01:00']],
  ['cron(5/30 8-9 * * ? *)', ['2026-02-01T08:05', '2026-02-01T08:35', '2026-02-01T09:05']],
  ['cron(0 6/12 * * ? *)', ['2026-02-01T06:00', '2026-02-01T18:00', '2026-02-02T06:00']],
  ['cron(0,30/15 0 * * ? *)', ['2026-02-01T00:30', '2026-02-01T00:45', '2026-02-02T00:00']],
  ['cron(0 10 ? * 2-6 *)', ['2026-02-02T10:00', '2026-02-03T10:00']],
  ['cron(0 10 ? * MON-FRI *)', ['2026-02-02T10:00', '2026-02-03T10:00']],
  ['cron(0 10 ? * 1 *)', ['2026-02-01T10:00', '2026-02-08T10:00']],
  ['cron(0 10 ? * 2/3 *)', ['2026-02-02T10:00', '2026-02-05T10:00', '2026-02-09T10:00']],
  ['cron(0 10 ? * 6#3 *)', ['2026-02-20T10:00', '2026-03-20T10:00']],
  ['cron(0 10 ? * 6L *)', ['2026-02-27T10:00', '2026-03-27T10:00']],
  ['cron(0 0 L * ? *)', ['2026-02-28T00:00', '2026-03-31T00:00']],
  ['cron(15 12 1 JAN ? 2027/2)', ['2027-01-01T12:15', '2029-01-01T12:15']],
  ['0 10 * * 1', ['2026-02-02T10:00', '2026-02-09T10:00']],
  ['cron(0 10 * * ? *)', ['2026-02-01T09:00'], 'Europe/Berlin'],
])('%s', ([expression, runs, timezone]) => {
  const { next } = parseQuerySchedule(expression, timezone)
  let at = START
  const found = runs.map(() => new Date((at = next(at)!)).toISOString().slice(0, 16))
  expect(found).toEqual(runs)
})

test.for(['rate(0 minutes)', 'rate(5)', 'cron(* * * *)', 'cron(61 * * * ? *)', 'cron(0 10 ? * 8 *)', 'every day'])('%s is none', expression => {
  expect(() => parseQuerySchedule(expression)).toThrow('Invalid schedule expression')
})
