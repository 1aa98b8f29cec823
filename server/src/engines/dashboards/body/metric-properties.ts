import { isObject } from '../../../base/is-object.ts'
import { annotations } from './annotations.ts'
import { array, boolean, type Check, number, object, oneOf, string } from './checks.ts'
import type { Findings } from './findings.ts'
import { metricsArray } from './metrics-array.ts'
import { period } from './metric-options.ts'
import { end, start } from './time-fields.ts'

const axisMembers = object({ label: string(), min: number(), max: number(), showUnits: boolean })
const axis: Check = (value, at, findings) => {
  axisMembers(value, at, findings)
  if (!isObject(value) || typeof value['min'] !== 'number' || typeof value['max'] !== 'number' || value['min'] <= value['max']) return
  findings.error(at, `Should be <= ${value['max']}`)
  findings.error(at, `Should be >= ${value['min']}`)
}
/** What a widget of another offset shows is not wrong, it only falls back to UTC. */
const timezone: Check = (value, at, findings) => {
  if (typeof value !== 'string') findings.error(at, 'Should be string')
  else if (!/^[+-]\d{4}$/.test(value)) findings.warning(at, 'Should match pattern "^[+-]\\d{4}$"')
}

/**
 * The pattern in AWS's schema. Its beginning was measured; the rest is that of the other statistics in AWS's model, and spares what its
 * own does not take.
 */
const PERCENT = String.raw`(\d{1,2}(\.\d{0,10})?|100(\.0{0,10})?)`
const NUMBER = String.raw`\d+(\.\d{0,10})?([Ee][+-]?\d+)?`
const statistic = string({
  pattern: new RegExp(
    [
      String.raw`^((SampleCount|Average|Sum|Minimum|Maximum|IQM)|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?$`,
      String.raw`^(TM|TC|TS|WM)\((${PERCENT}%)?:(${PERCENT}%)?\)$`,
      String.raw`^(TM|TC|TS|WM|PR)\((${NUMBER})?:(${NUMBER})?\)$`,
    ].join('|'),
  ),
})

/** What GetMetricWidgetImage looks at too: there the request has a region already. */
export const metricMembers = object({
  metrics: metricsArray,
  annotations,
  view: oneOf('timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'),
  stacked: boolean,
  stat: statistic,
  period,
  region: string(),
  accountId: string(),
  title: string(),
  legend: object({ position: oneOf('right', 'bottom', 'hidden') }),
  liveData: boolean,
  sparkline: boolean,
  setPeriodToTimeRange: boolean,
  singleValueFullPrecision: boolean,
  trend: boolean,
  timezone,
  yAxis: object({ left: axis, right: axis }),
  labels: object({ visible: boolean }),
  table: object({
    layout: oneOf('vertical', 'horizontal'),
    stickySummary: boolean,
    showTimeSeriesData: boolean,
    summaryColumns: array(oneOf('MIN', 'MAX', 'SUM', 'AVG')),
  }),
  start,
  end,
})

export const metricProperties: Check = (value, at, findings) => {
  metricMembers(value, at, findings)
  if (!isObject(value)) return
  if (value['metrics'] === undefined && value['annotations'] === undefined) {
    findings.error(at, "Should have required property 'metrics'")
    findings.error(at, 'The metric widget should have specified a region and a data source or an alarm annotation')
    findings.error(at, "Should have required property 'annotations'")
    return
  }
  const alarms = alarmsOf(value['annotations'])
  if (alarms.length === 0) {
    if (value['metrics'] === undefined) findings.error(at, "Should have required property 'metrics'")
    if (value['region'] === undefined) findings.error(at, "Should have required property 'region'")
  } else onlyAlarm(value, at, findings)
  if (value['view'] === 'gauge') gauge(value['yAxis'], at, findings)
}

const alarmsOf = (given: unknown): readonly unknown[] =>
  isObject(given) && Array.isArray(given['alarms']) ? (given['alarms'] as readonly unknown[]) : []

/** A widget that draws an alarm draws nothing else. */
const onlyAlarm = (properties: Readonly<Record<string, unknown>>, at: string, findings: Findings): void => {
  if (Array.isArray(properties['metrics']) && properties['metrics'].length > 0) {
    findings.warning(`${at}/metrics`, 'Is not shown in a widget with an alarm annotation')
  }
}

/** Without both ends a gauge has no scale. */
const gauge = (yAxis: unknown, at: string, findings: Findings): void => {
  const left = isObject(yAxis) && isObject(yAxis['left']) ? yAxis['left'] : {}
  for (const end of ['min', 'max']) {
    if (left[end] === undefined) findings.warning(`${at}/yAxis/left`, `Should have required property '${end}'`)
  }
}
