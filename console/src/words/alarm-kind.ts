import type { Alarm, MetricDataQuery } from '../aws/shapes.ts'

export type AlarmKind = 'metric' | 'math' | 'band' | 'insights' | 'promql' | 'logs' | 'composite'

/** What the alarm watches, as people call it. */
export const KIND_NAMES: Readonly<Record<AlarmKind, string>> = {
  metric: 'Metric', math: 'Metric math', band: 'Anomaly detection', insights: 'Metrics Insights', promql: 'PromQL', logs: 'Logs', composite: 'Composite',
}

export const kindOf = (alarm: Alarm): AlarmKind => {
  if (alarm.AlarmRule !== undefined) return 'composite'
  if (alarm.ScheduledQueryConfiguration !== undefined) return 'logs'
  if (alarm.EvaluationCriteria !== undefined) return 'promql'
  if (alarm.Metrics === undefined || alarm.Metrics.length === 0) return 'metric'
  if (alarm.ThresholdMetricId !== undefined) return 'band'
  return alarm.Metrics.some(({ Expression = '' }) => /^\s*SELECT\b/i.test(Expression)) ? 'insights' : 'math'
}

/** Whether each series of the alarm's query has a state of its own. */
export const hasContributors = (alarm: Alarm): boolean => {
  const kind = kindOf(alarm)
  return kind === 'insights' || kind === 'promql' || /\sby\s/i.test(alarm.ScheduledQueryConfiguration?.AggregationExpression ?? '')
}

/** The query whose values decide: the one that is returned, and is not the band itself. */
export const decidingQuery = ({ Metrics = [], ThresholdMetricId }: Alarm): MetricDataQuery | undefined =>
  Metrics.find(({ Id, ReturnData }) => ReturnData !== false && Id !== ThresholdMetricId)

/** The alarm's period in seconds; of queries, the longest. Undefined for kinds that have none. */
export const periodOf = ({ Period, Metrics = [] }: Alarm): number | undefined => {
  const periods = [Period, ...Metrics.map(query => query.MetricStat?.Period ?? query.Period)].filter(period => period !== undefined)
  return periods.length === 0 ? undefined : Math.max(...periods)
}
