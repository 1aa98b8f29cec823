import { describe, expect, test } from 'vitest'
import { epochMillis, epochSeconds } from '../../base/time.ts'
import type { MetricWidgetProperties } from '../../model/dashboard.ts'
import { autoPeriod } from './auto-period.ts'
import { expandMetrics } from './expand-metrics.ts'
import { metricWidget } from './metric-widget.ts'
import { timeRange } from './time-range.ts'

type Items = NonNullable<MetricWidgetProperties['metrics']>

/** `Namespace/Name{Dimension=value}` of each item, expressions as they are. */
const named = (items: Items): readonly string[] =>
  expandMetrics(items).map(item =>
    item.kind === 'expression'
      ? item.expression
      : `${item.metric.namespace} ${item.metric.name} ${item.metric.dimensions.map(({ name, value }) => `${name}=${value}`).join(',')}`.trim(),
  )

const DISK: Items = [
  ['AWS/EC2', 'DiskReadBytes', 'InstanceId', 'i-123', { id: 'm1' }],
  ['.', '.', '.', 'i-abc', { id: 'm2' }],
  [{ expression: 'SUM(METRICS())', label: 'Sum', id: 'e3' }],
]

test.each<[string, Items, readonly string[]]>([
  ['the documented disk example', DISK, ['AWS/EC2 DiskReadBytes InstanceId=i-123', 'AWS/EC2 DiskReadBytes InstanceId=i-abc', 'SUM(METRICS())']],
  [
    '... and single repetitions after it',
    [['AWS/ECS', 'CPUUtilization', 'ClusterName', 'c', 'ServiceName', 'a'], ['...', 'b'], ['.', 'MemoryUtilization', '.', '.', '.', '.']],
    [
      'AWS/ECS CPUUtilization ClusterName=c,ServiceName=a',
      'AWS/ECS CPUUtilization ClusterName=c,ServiceName=b',
      'AWS/ECS MemoryUtilization ClusterName=c,ServiceName=b',
    ],
  ],
  ['... alone repeats everything', [['A', 'x', 'D', '1'], ['...', { stat: 'Sum' }]], ['A x D=1', 'A x D=1']],
  ['... in the middle', [['A', 'x', 'D', '1', 'E', '2'], ['B', '...', '3']], ['A x D=1,E=2', 'B x D=1,E=3']],
  ['expressions are not what . repeats', [['A', 'x'], [{ expression: 'e' }], ['.', 'y']], ['A x', 'e', 'A y']],
  ['without dimensions', [['A', 'x'], ['.', 'y', 'D', '1']], ['A x', 'A y D=1']],
  ['nothing before to repeat', [['.', 'x'], ['...'], ['A', 'y']], ['A y']],
  ['a dimension without a value, or twice', [['A', 'x', 'D'], ['A', 'y', 'D', '1', 'D', '2'], ['A', 'z']], ['A z']],
])('%s', (_name, items, expected) => {
  expect(named(items)).toEqual(expected)
})

test('repetitions cannot grow without a bound', () => {
  const growing: Items = [['A', 'x', 'D', '1'], ...Array.from({ length: 400 }, (): Items[number] => ['...', ...'abcdefgh'.split('')])]
  expect(named(growing).every(text => text.length < 1000)).toBe(true)
})

const frame = (hours: number) => ({ start: epochSeconds(0), end: epochSeconds(hours * 3600), periods: 'inherit' as const })

describe('queries', () => {
  const queries = (properties: MetricWidgetProperties, hours = 3, periods: 'auto' | 'inherit' = 'inherit') =>
    metricWidget(properties, { ...frame(hours), periods }).queries

  test('statistic and period come from the item, then the widget, then AWS', () => {
    const items: Items = [['A', 'x', { stat: 'p99', period: 60 }], ['A', 'y']]
    const summary = (properties: MetricWidgetProperties) =>
      queries(properties).map(({ source, period }) => `${source.kind === 'metric' ? source.stat : ''} ${period}`)
    expect(summary({ metrics: items, stat: 'Sum', period: 900 })).toEqual(['p99 60', 'Sum 900'])
    expect(summary({ metrics: items })).toEqual(['p99 60', 'Average 300'])
  })

  test('ids are given where there are none, besides those that are there', () => {
    const metrics: Items = [['A', 'x'], ['A', 'y', { id: 'm1' }], ['A', 'z'], [{ expression: 'm1*2' }], ['A', 'w', { id: 'm1' }]]
    expect(queries({ metrics }).map(({ id }) => id)).toEqual(['m2', 'm1', 'm3', 'e1', 'm4'])
  })

  test('what is drawn, where and how', () => {
    const metrics: Items = [['A', 'x', { visible: false, yAxis: 'right', color: '#ff0000', label: 'L', region: 'eu-west-1', accountId: '123456789012' }], ['A', 'y']]
    const [first, second] = queries({ metrics, region: 'us-east-1' })
    expect(first).toMatchObject({ visible: false, yAxis: 'right', color: '#ff0000', label: 'L', region: 'eu-west-1', accountId: '123456789012' })
    expect(second).toMatchObject({ visible: true, yAxis: 'left', color: undefined, label: undefined, region: 'us-east-1', accountId: undefined })
  })

  test('periods follow the range, or are the whole range', () => {
    const metrics: Items = [['A', 'x', { period: 60 }]]
    expect(queries({ metrics }, 3, 'auto')[0]!.period).toBe(60)
    expect(queries({ metrics }, 24, 'auto')[0]!.period).toBe(300)
    expect(queries({ metrics, setPeriodToTimeRange: true }, 24)[0]!.period).toBe(86_400)
  })
})

test.each([
  [1, 60], [3, 60], [4, 300], [24, 300], [5 * 24, 300], [15 * 24, 900], [16 * 24, 3600], [60 * 24, 3600], [63 * 24, 21_600],
  [455 * 24, 86_400], [20 * 366 * 24, 604_800], [0, 60],
])('%i hours are drawn at %i s', (hours, period) => {
  expect(autoPeriod(epochSeconds(0), epochSeconds(hours * 3600))).toBe(period)
})

describe('presentation', () => {
  const marks = (annotations: MetricWidgetProperties['annotations'] & object) => metricWidget({ annotations }, frame(3)).presentation.annotations

  test('AWS\'s defaults', () => {
    expect(metricWidget({}, frame(3))).toEqual({
      queries: [],
      presentation: {
        view: 'timeSeries', title: undefined, stacked: false, legend: 'bottom', timezone: '+0000', liveData: false,
        axes: { left: { label: undefined, min: undefined, max: undefined, showUnits: true }, right: { label: undefined, min: undefined, max: undefined, showUnits: true } },
        annotations: { alarm: undefined, horizontal: [], vertical: [] },
        wholeRange: false, sparkline: false, fullPrecision: false, trend: false, valueLabels: true,
        table: { layout: 'horizontal', stickySummary: false, showTimeSeriesData: true, summaryColumns: ['MIN', 'MAX', 'SUM', 'AVG'] },
      },
    })
  })

  test('the documented band', () => {
    const band = [{ label: 'Band top', value: 200, color: '#9467bd', visible: true, yAxis: 'right' as const }, { value: 95.5, label: 'Band bottom' }]
    expect(marks({ horizontal: [band] }).horizontal).toEqual([
      { kind: 'band', from: { value: 95.5, label: 'Band bottom' }, to: { value: 200, label: 'Band top' }, label: 'Band top', color: '#9467bd', yAxis: 'right' },
    ])
  })

  test('lines, and what is not visible', () => {
    expect(marks({
      horizontal: [{ value: 5, fill: 'above' }, { value: 6, visible: false }],
      vertical: [{ value: '1970-01-01T01:00:00Z', label: 'deploy' }, [{ value: '1970-01-01T02:00:00Z' }, { value: '1970-01-01T01:00:00Z' }], { value: 'soon' }],
    })).toEqual({
      alarm: undefined,
      horizontal: [{ kind: 'line', value: 5, label: undefined, color: undefined, fill: 'above', yAxis: 'left' }],
      vertical: [
        { kind: 'line', at: 3600, label: 'deploy', color: undefined, fill: 'none' },
        { kind: 'band', from: { value: 3600, label: undefined }, to: { value: 7200, label: undefined }, label: undefined, color: undefined },
      ],
    })
  })
})

const NOW = epochMillis(Date.parse('2026-03-31T12:00:00Z'))
test.each([
  [undefined, undefined, '2026-03-31T09:00:00', '2026-03-31T12:00:00'],
  ['-PT5M', null, '2026-03-31T11:55:00', '2026-03-31T12:00:00'],
  ['-P7D', undefined, '2026-03-24T12:00:00', '2026-03-31T12:00:00'],
  ['-P2W', undefined, '2026-03-17T12:00:00', '2026-03-31T12:00:00'],
  ['-P1M', undefined, '2026-02-28T12:00:00', '2026-03-31T12:00:00'],
  ['-P1DT1H', '-PT0H', '2026-03-30T11:00:00', '2026-03-31T12:00:00'],
  ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00+01:00', '2026-03-01T00:00:00', '2026-03-01T23:00:00'],
  ['2026-03-01T00:00:00', '2026-03-02', '2026-03-01T00:00:00', '2026-03-02T00:00:00'],
])('the range %s … %s', (start, end, from, to) => {
  const at = (text: string): number => Date.parse(`${text}Z`) / 1000
  expect(timeRange(NOW, start, end)).toEqual({ start: at(from), end: at(to) })
})

test.each([['PT5M'], ['-P'], ['-PT'], ['-PT5X'], ['yesterday'], ['2026-13-01'], ['2026-04-01T00:00:00Z'], ['']])('%j begins no range', start => {
  expect(timeRange(NOW, start, undefined)).toBeUndefined()
})
