import { expect, test } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import type { MetricWidgetProperties } from '../../model/dashboard.ts'
import { metricWidget } from './metric-widget.ts'
import { widgetChart } from './widget-chart.ts'

const NOW = 3600
const FRAME = { start: 0, end: NOW, now: NOW, width: 300, height: 200, theme: 'light', timezone: 0, title: undefined } as const

/** The chart of a widget of which each query is answered by the lines that stand at its place. */
const drawn = (properties: MetricWidgetProperties, ...answers: readonly (readonly (readonly [at: number, value: number])[])[][]) => {
  const { queries, presentation } = metricWidget(properties, { start: epochSeconds(0), end: epochSeconds(NOW), periods: 'inherit' })
  const lines = queries.flatMap((query, index) => (answers[index] ?? []).map((points, line) => ({
    id: query.id, query, label: `(band: ${line === 0 ? 'lower' : 'upper'})`, timestamps: points.map(([at]) => at), values: points.map(([, value]) => value),
  })))
  return widgetChart(presentation, lines, FRAME)
}

test('the period that is not over is shown only where live data are asked for', () => {
  const shown = (more: MetricWidgetProperties): readonly number[] =>
    drawn({ metrics: [['App', 'x']], period: 300, ...more }, [[[3000, 1], [3300, 2], [3420, 3]]]).series[0]!.timestamps
  expect(shown({})).toEqual([3000, 3300])
  expect(shown({ liveData: true })).toEqual([3000, 3300, 3420])
  expect(shown({ setPeriodToTimeRange: true })).toEqual([3000, 3300, 3420])
})

test('the limits of a band are one thing over time, and two values elsewhere', () => {
  const metrics: NonNullable<MetricWidgetProperties['metrics']> = [['App', 'x'], [{ expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }]]
  const answers = [[[[0, 5]]], [[[0, 1], [300, 2]], [[0, 9]]]] as const
  const over = drawn({ metrics }, ...answers.map(each => [...each]))
  expect(over.series.map(({ label, values, upper, color }) => ({ label, values, upper, color }))).toEqual([
    { label: '(band: lower)', values: [5], upper: undefined, color: undefined },
    { label: '(band)', values: [1, 2], upper: [9, Number.NaN], color: '#95a5a6' },
  ])
  expect(drawn({ metrics, view: 'bar' }, ...answers.map(each => [...each])).series.map(({ values }) => values)).toEqual([[5], [1, 2], [9]])
})

test('an expression that names its own period has gaps by that', () => {
  const search = drawn({ metrics: [[{ expression: 'SEARCH(\'{App}\', \'Sum\', 600)', period: 60 }]] }, [[[0, 1], [600, 2], [1800, 3]]])
  expect(search.series[0]!.period).toBe(600)
})

test('a dashboard shows no more lines than can be told apart', () => {
  const many = Array.from({ length: 130 }, (_, index) => [[0, index] as const])
  expect(drawn({ metrics: [[{ expression: 'SEARCH(\'{App}\', \'Sum\')' }]] }, many).series).toHaveLength(100)
})
