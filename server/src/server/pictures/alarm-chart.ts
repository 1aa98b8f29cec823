import { seconds, toSeconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { Chart, ChartAxis, ChartSeries, HorizontalAnnotation } from '../../engines/charts/chart.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import { badgeOf } from '../../notify/wording/badge.ts'
import { thresholdText, watchedText } from '../../notify/wording/metric-words.ts'
import { oneLine } from '../../notify/wording/text.ts'

export const PICTURE_WIDTH = 600
const HEIGHT = 260
const LEAST_RANGE = 3 * 3600
const RED = '#d13212'

export interface AlarmRange {
  readonly start: EpochSeconds
  /** Exclusive: the end of the last whole period before the change. */
  readonly end: EpochSeconds
  readonly period: Seconds
}

/** Three hours, or more where the evaluated periods would fill most of it; it ends when the alarm changed. */
export const alarmRange = ({ evaluationPeriods = 1, changedAt }: AlarmFacts, period: number): AlarmRange => {
  const end = Math.floor(toSeconds(changedAt) / period) * period
  const length = Math.max(LEAST_RANGE, period * Math.max(evaluationPeriods * 3, 24))
  return { start: (Math.floor((end - length) / period) * period) as EpochSeconds, end: end as EpochSeconds, period: seconds(period) }
}

/** What the alarm watches, its threshold, and since when it has been in its new state. */
export const alarmChart = (alarm: AlarmFacts, { start, end }: AlarmRange, series: readonly ChartSeries[]): Chart => {
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
    series,
    horizontal: threshold(alarm),
    vertical: since > start && since < end ? [{ at: since, label: undefined, color, fill: 'after', to: undefined }] : [],
    axes: { left: { ...NO_AXIS, label: oneLine(watchedText(alarm).value), unit: alarm.unit === 'None' ? undefined : alarm.unit }, right: { ...NO_AXIS, label: 'UTC' } },
    // What the axis says is enough for one line and its band.
    legend: series.filter(({ upper }) => upper === undefined).length > 1 ? 'bottom' : 'hidden',
    sparkline: false,
    fullPrecision: false,
  }
}

/** What the picture shows, for those who do not see it. */
export const alarmPictureText = (alarm: AlarmFacts): string => {
  const limit = thresholdText(alarm)
  return `Chart of ${oneLine(watchedText(alarm).value)} up to the change to ${alarm.state}${limit === undefined ? '' : `, with the threshold ${oneLine(limit)}`}`
}

const NO_AXIS: ChartAxis = { label: undefined, min: undefined, max: undefined, unit: undefined }

const threshold = (alarm: AlarmFacts): readonly HorizontalAnnotation[] => {
  if (alarm.threshold === undefined) return []
  const fill = alarm.comparison?.startsWith('Less') === true ? 'below' : 'above'
  return [{ value: alarm.threshold, label: oneLine(thresholdText(alarm) ?? ''), color: RED, axis: 'left', fill, to: undefined }]
}
