import { seconds, toSeconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { Chart, ChartAxis, HorizontalAnnotation } from '../../engines/charts/chart.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import { badgeOf } from '../../notify/wording/badge.ts'
import { thresholdText, watchedText } from '../../notify/wording/metric-words.ts'
import { oneLine } from '../../notify/wording/text.ts'

export const PICTURE_WIDTH = 600
const HEIGHT = 260
const LEAST_RANGE = 3 * 3600
const RED = '#d13212'

/** An alarm on one stored metric. */
export type MetricFacts = AlarmFacts & { readonly metric: object; readonly statistic: string; readonly period: number }

/** Others have no one line that could be drawn. */
export const isOnMetric = (alarm: AlarmFacts): alarm is MetricFacts =>
  alarm.metric !== undefined && alarm.statistic !== undefined && alarm.period !== undefined

export interface AlarmRange {
  readonly start: EpochSeconds
  /** Exclusive: the end of the last whole period before the change. */
  readonly end: EpochSeconds
  readonly period: Seconds
}

/** Three hours, or more where the evaluated periods would fill most of it; it ends when the alarm changed. */
export const alarmRange = ({ period, evaluationPeriods = 1, changedAt }: MetricFacts): AlarmRange => {
  const end = Math.floor(toSeconds(changedAt) / period) * period
  const length = Math.max(LEAST_RANGE, period * Math.max(evaluationPeriods * 3, 24))
  return { start: (Math.floor((end - length) / period) * period) as EpochSeconds, end: end as EpochSeconds, period: seconds(period) }
}

/** What the alarm watches, its threshold, and since when it has been in its new state. */
export const alarmChart = (alarm: MetricFacts, { start, end, period }: AlarmRange, line: { readonly timestamps: readonly number[]; readonly values: readonly number[] }): Chart => {
  const { color } = badgeOf(alarm)
  const since = toSeconds(alarm.since)
  return {
    view: 'timeSeries',
    width: PICTURE_WIDTH,
    height: HEIGHT,
    theme: 'light',
    title: oneLine(alarm.name),
    start,
    end,
    timezone: 0,
    stacked: false,
    series: [{ label: alarm.metric.name, color: undefined, axis: 'left', visible: true, period, ...line }],
    horizontal: threshold(alarm),
    vertical: since > start && since < end ? [{ at: since, label: undefined, color, fill: 'after', to: undefined }] : [],
    axes: { left: { ...NO_AXIS, label: oneLine(watchedText(alarm).value), unit: alarm.unit === 'None' ? undefined : alarm.unit }, right: { ...NO_AXIS, label: 'UTC' } },
    legend: 'hidden',
    sparkline: false,
    fullPrecision: false,
  }
}

/** What the picture shows, for those who do not see it. */
export const alarmPictureText = (alarm: MetricFacts): string =>
  `Chart of ${oneLine(watchedText(alarm).value)} up to the change to ${alarm.state}, with the threshold ${oneLine(thresholdText(alarm) ?? 'of the alarm')}`

const NO_AXIS: ChartAxis = { label: undefined, min: undefined, max: undefined, unit: undefined }

const threshold = (alarm: MetricFacts): readonly HorizontalAnnotation[] => {
  if (alarm.threshold === undefined) return []
  const fill = alarm.comparison?.startsWith('Less') === true ? 'below' : 'above'
  return [{ value: alarm.threshold, label: oneLine(thresholdText(alarm) ?? ''), color: RED, axis: 'left', fill, to: undefined }]
}
