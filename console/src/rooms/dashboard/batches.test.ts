import { expect, test } from 'vitest'
import { metricWidget } from '../../../../server/src/engines/dashboards/metric-widget.ts'
import { epochSeconds } from '../../../../server/src/base/time.ts'
import type { MetricWidgetProperties } from '../../../../server/src/model/dashboard.ts'
import { type Asked, batchesOf } from './batches.ts'

const asked = (widget: number, metrics: NonNullable<MetricWidgetProperties['metrics']>, region = 'us-east-1'): Asked => {
  const frame = { start: epochSeconds(0), end: epochSeconds(3600), periods: 'inherit' } as const
  return { widget, queries: metricWidget({ metrics }, frame).queries, start: 0, end: 3600, region }
}
const stored = (count: number) => Array.from({ length: count }, (_, at) => ['Shop', `m${at}`])

test('widgets of stored metrics share one call, under ids of their own', () => {
  const [batch, ...others] = batchesOf([asked(0, stored(2)), asked(1, stored(1))])
  expect(others).toEqual([])
  expect(batch?.queries.map(({ widget, sent }) => [widget, sent.Id, sent.MetricStat?.Metric?.MetricName])).toEqual([[0, 'q0', 'm0'], [0, 'q1', 'm1'], [1, 'q2', 'm0']])
})

test('no call has more than 500 queries', () => {
  expect(batchesOf([asked(0, stored(400)), asked(1, stored(400))]).map(({ queries }) => queries.length)).toEqual([500, 300])
})

test('a widget with expressions has a call to itself, with what its expressions name', () => {
  const math = asked(1, [['Shop', 'Orders', { id: 'a', visible: false }], [{ expression: 'SUM(METRICS())', id: 'b' }]])
  expect(batchesOf([asked(0, stored(1)), math]).map(({ queries }) => queries.map(({ sent: { Id, ReturnData } }) => [Id, ReturnData]))).toEqual([
    [['a', false], ['b', true]], [['q0', true]],
  ])
})

test('regions and ranges are calls of their own', () => {
  expect(batchesOf([asked(0, stored(1)), asked(1, stored(1), 'eu-central-1'), { ...asked(2, stored(1)), end: 7200 }])).toHaveLength(3)
})
