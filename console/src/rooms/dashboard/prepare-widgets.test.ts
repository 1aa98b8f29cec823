import { expect, test } from 'vitest'
import type { DashboardBody } from '../../../../server/src/model/dashboard.ts'
import { prepareWidgets } from './prepare-widgets.ts'

const DAY = 86_400
const NOW = Date.parse('2026-03-04T12:34:56Z') / 1000
const body: DashboardBody = { widgets: [] }
const number = { view: 'singleValue', metrics: [['Shop', 'Requests']], setPeriodToTimeRange: true } as const

test.each([
  ['of today', 0, 60], ['of last month, which is kept by five minutes', 30 * DAY, 300], ['of last winter, which is kept by the hour', 90 * DAY, 3600],
])('one value over 90 minutes %s has one period that holds them all', (_name, ago, kept) => {
  const end = NOW - ago
  const range = { kind: 'between', start: end - 5400, end } as const
  const { widget: { queries: [query] }, start } = prepareWidgets(body, { range, periods: 300, now: NOW, region: 'us-east-1' })(number)
  const period = query!.period
  expect(period % kept).toBe(0)
  const from = Math.floor(start / period) * period
  expect(start - from).toBeLessThan(kept)
  expect(from + period).toBeGreaterThanOrEqual(end)
})

test('the periods that were chosen are those of every other widget', () => {
  const view = { range: { kind: 'last', seconds: 3600 }, periods: 300, now: NOW, region: 'us-east-1' } as const
  const { widget, start, end } = prepareWidgets(body, view)({ ...number, setPeriodToTimeRange: false })
  expect([widget.queries[0]!.period, end - start, end]).toEqual([300, 3600, NOW])
})
