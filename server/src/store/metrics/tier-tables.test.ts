import { expect, test } from 'vitest'
import { seconds } from '../../base/time.ts'
import { POINTS_1, POINTS_60, reachOf, ROLLUP_3600, type TierTable } from './tier-tables.ts'

const at = (text: string): number => Date.parse(text) / 1000

test.for<readonly [TierTable, string, string, string]>([
  [POINTS_1, '2026-02-28T23:59:59Z', '2026-02-28T23:00:00Z', '2026-03-01T00:00:00Z'],
  [POINTS_60, '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'],
  [ROLLUP_3600, '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  [ROLLUP_3600, '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
])('$0.name at $1 lies in the partition from $2 to $3', ([table, time, start, end]) => {
  expect(table.partition(at(time))).toEqual({ start: at(start), end: at(end) })
})

test.for([[1, 3 / 24], [10, 3 / 24], [30, 3 / 24], [60, 15], [240, 15], [300, 63], [900, 63], [3_600, 455], [86_400, 455]])(
  'a period of %i seconds reaches back %d days', ([period, days]) => {
    expect(reachOf(seconds(period!)) / 86_400).toBe(days)
  })
