import type { Connection } from '../../aws/connection.ts'
import { readChangesSince } from '../../aws/history.ts'
import { readMetricData } from '../../aws/metric-data.ts'
import type { AlarmHistoryItem, MetricAlarm, MetricDataQuery } from '../../aws/shapes.ts'
import type { Series } from '../../parts/graph/series.ts'
import { statisticOf } from '../../words/condition.ts'
import { type Range, readableEnd, shownPeriod, window } from '../../words/ranges.ts'
import { changeOf, type StateChange } from './state-bands.ts'

/** What an alarm's graph shows of one stretch of time; epoch seconds. */
export interface AlarmWindow {
  readonly start: number
  readonly end: number
  readonly period: number
  readonly series: readonly Series[]
  readonly changes: readonly StateChange[]
  /** When the alarm was created, if within the stretch. */
  readonly createdAt: number | undefined
}

export const readAlarmWindow = async (
  connection: Connection, alarm: MetricAlarm, range: Range, now: number, signal: AbortSignal,
): Promise<AlarmWindow> => {
  const { start, end } = window(range, now)
  const period = shownPeriod(alarm.Period ?? 60, start, end, now)
  const readable = readableEnd(statisticOf(alarm), period, end, now)
  const [series, history] = await Promise.all([
    readMetricData(connection, queriesOf(alarm, period), { start: Math.floor(start / period) * period, end: readable }, signal),
    readChangesSince(connection, alarm.AlarmName ?? '', start, signal),
  ])
  return {
    start, end, period,
    series: series.map(({ label, points }) => ({ label: label === '' ? (alarm.MetricName ?? '') : label, period, points })),
    changes: history.flatMap(item => changeOf(item) ?? []),
    createdAt: history.find(isCreation)?.Timestamp,
  }
}

const isCreation = (item: AlarmHistoryItem): boolean =>
  item.HistoryItemType === 'ConfigurationUpdate' && /"type"\s*:\s*"Create"/.test(item.HistoryData ?? '')

const queriesOf = (alarm: MetricAlarm, period: number): readonly MetricDataQuery[] => {
  if (alarm.Metrics !== undefined && alarm.Metrics.length > 0) return alarm.Metrics
  const metric = { Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions }
  return [{ Id: 'm1', Label: alarm.MetricName, MetricStat: { Metric: metric, Period: period, Stat: statisticOf(alarm), Unit: alarm.Unit } }]
}
