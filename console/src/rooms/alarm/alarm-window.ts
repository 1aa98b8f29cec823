import type { Connection } from '../../aws/connection.ts'
import { readChangesSince } from '../../aws/history.ts'
import { readMetricData } from '../../aws/metric-data.ts'
import { readPromql } from '../../aws/promql.ts'
import type { Alarm, MetricDataQuery } from '../../aws/shapes.ts'
import type { Series } from '../../parts/graph/series.ts'
import { kindOf, periodOf } from '../../words/alarm-kind.ts'
import { statisticOf } from '../../words/condition.ts'
import { type Range, readableEnd, shownPeriod, window } from '../../words/ranges.ts'
import { changeOf, isCreation, type StateChange } from './state-bands.ts'

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
  connection: Connection, alarm: Alarm, range: Range, now: number, signal: AbortSignal,
): Promise<AlarmWindow> => {
  const { start, end } = window(range, now)
  const own = periodOf(alarm) ?? alarm.EvaluationInterval ?? 60
  // Each instant of a query takes an evaluation of its own.
  const period = shownPeriod(kindOf(alarm) === 'promql' ? inSteps(own, (end - start) / MOST_EVALUATIONS) : own, start, end, now)
  const [series, history] = await Promise.all([
    readSeries(connection, alarm, { start, end, period, now }, signal),
    readChangesSince(connection, alarm.AlarmName ?? '', start, signal),
  ])
  return {
    start, end, period, series,
    changes: history.flatMap(item => changeOf(item) ?? []),
    createdAt: history.find(isCreation)?.Timestamp,
  }
}

/** As a graph shows them. */
const MOST_EVALUATIONS = 400

/** The shortest multiple of a period that is not shorter than `least`. */
const inSteps = (period: number, least: number): number => Math.max(1, Math.ceil(least / period)) * period

const readSeries = async (
  connection: Connection, alarm: Alarm, { start, end, period, now }: { readonly start: number; readonly end: number; readonly period: number; readonly now: number },
  signal: AbortSignal,
): Promise<readonly Series[]> => {
  const from = Math.floor(start / period) * period
  const query = alarm.EvaluationCriteria?.PromQLCriteria?.Query
  if (query !== undefined) {
    const found = await readPromql(connection, query, { start: from, end, step: period }, signal)
    return found.map(({ label, points }) => ({ label, period, points }))
  }
  const queries = queriesOf(alarm, period)
  if (queries.length === 0) return []
  const series = await readMetricData(connection, queries, { start: from, end: readableEnd(statisticOf(alarm), period, end, now) }, signal)
  return series.map(({ id, label, points }, index) => ({
    label: label === '' ? (alarm.MetricName ?? '') : label, period, points,
    ...(id === alarm.ThresholdMetricId && { limit: series[index - 1]?.id === id ? 'upper' as const : 'lower' as const }),
  }))
}

/** The metric, or the alarm's own queries; a week of an alarm on seconds is read in longer periods. */
const queriesOf = (alarm: Alarm, period: number): readonly MetricDataQuery[] => {
  if (alarm.Metrics !== undefined && alarm.Metrics.length > 0) {
    // A band is the limit of its alarm, and is drawn whether its values are returned to the alarm or not.
    return alarm.Metrics.map(query => ({ ...inPeriodsOf(query, period), ...(query.Id === alarm.ThresholdMetricId && { ReturnData: true }) }))
  }
  if (alarm.MetricName === undefined) return []
  const metric = { Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions }
  return [{ Id: 'm1', Label: alarm.MetricName, MetricStat: { Metric: metric, Period: period, Stat: statisticOf(alarm), Unit: alarm.Unit } }]
}

const inPeriodsOf = (query: MetricDataQuery, period: number): MetricDataQuery =>
  query.MetricStat === undefined ? { ...query, Period: period } : { ...query, MetricStat: { ...query.MetricStat, Period: period } }
