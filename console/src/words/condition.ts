import type { Alarm } from '../aws/shapes.ts'
import { decidingQuery, hasContributors, kindOf, periodOf } from './alarm-kind.ts'
import { duration } from './durations.ts'
import { quantity } from './quantities.ts'

const SIGNS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
}

const BASIC_NAMES: Readonly<Record<string, string>> = { SampleCount: 'Sample count' }

export const sign = (comparison: string | undefined): string => SIGNS[comparison ?? ''] ?? comparison ?? ''

/** `Average`, `Sample count`, `p99`, as people say it. */
export const statisticName = (statistic: string): string => BASIC_NAMES[statistic] ?? statistic

export const statisticOf = (alarm: Pick<Alarm, 'Statistic' | 'ExtendedStatistic'>): string =>
  alarm.Statistic ?? alarm.ExtendedStatistic ?? ''

/** What is watched: the metric's name, the label of the expression that decides, the query, or the rule. */
export const subject = (alarm: Alarm): string => {
  if (alarm.MetricName !== undefined) return alarm.MetricName
  if (alarm.AlarmRule !== undefined) return 'Other alarms'
  if (alarm.ScheduledQueryConfiguration !== undefined) return alarm.ScheduledQueryConfiguration.AggregationExpression ?? ''
  const deciding = decidingQuery(alarm)
  return deciding?.Label ?? deciding?.MetricStat?.Metric?.MetricName ?? deciding?.Expression ?? promql(alarm)?.Query ?? ''
}

/** When the alarm goes off: `Average ≥ 80 % for 3 of 5 periods of 1 minute`; sign, number and unit stay on one line. */
export const condition = (alarm: Alarm, unit: string | undefined = alarm.Unit): string => {
  switch (kindOf(alarm)) {
    case 'composite':
      return alarm.AlarmRule ?? ''
    case 'promql':
      return `any series for ${duration(promql(alarm)?.PendingPeriod ?? 0)}`
    case 'logs':
      return `${hasContributors(alarm) ? 'any contributor' : 'value'} ${limit(alarm, unit)} ${results(alarm)}`
    case 'band':
      return `${OUTSIDE[alarm.ComparisonOperator ?? ''] ?? 'outside its band'} ${span(alarm)}`.trim()
    case 'insights':
      return `any series ${limit(alarm, unit)}`
    case 'metric':
    case 'math':
      return `${statisticName(statisticOf(alarm)) || 'value'} ${limit(alarm, unit)}`
  }
}

const OUTSIDE: Readonly<Record<string, string>> = {
  LessThanLowerOrGreaterThanUpperThreshold: 'outside its band',
  LessThanLowerThreshold: 'below its band',
  GreaterThanUpperThreshold: 'above its band',
}

const promql = (alarm: Alarm) => alarm.EvaluationCriteria?.PromQLCriteria

const limit = (alarm: Alarm, unit: string | undefined): string =>
  `${sign(alarm.ComparisonOperator)}\u00a0${quantity(alarm.Threshold ?? 0, unit)} ${span(alarm)}`.trim()

const results = ({ QueryResultsToEvaluate: n = 1, QueryResultsToAlarm: m = n, ScheduledQueryConfiguration: query }: Alarm): string => {
  const every = /\((.*)\)/.exec(query?.ScheduleConfiguration?.ScheduleExpression ?? '')?.[1]?.replace(/^1 /, '') ?? ''
  return `in ${n === 1 ? 'the newest result' : m === n ? `${n} results` : `${m} of ${n} results`}, one every ${every}`
}

const span = (alarm: Alarm): string => {
  const { EvaluationPeriods: n, DatapointsToAlarm: m } = alarm
  const period = periodOf(alarm)
  if (n === undefined || period === undefined) return ''
  const needed = m ?? n
  if (n === 1) return `for ${duration(period)}`
  return needed === n ? `for ${n} periods of ${duration(period)}` : `for ${needed} of ${n} periods of ${duration(period)}`
}

const MISSING: Readonly<Record<string, string>> = {
  breaching: 'counts as breaching the threshold',
  notBreaching: 'counts as within the threshold',
  ignore: 'keeps the alarm in its state',
  missing: 'leads to insufficient data when nothing is left to judge',
}

const MISSING_SHORT: Readonly<Record<string, string>> = {
  missing: 'Leave it out', notBreaching: 'Count it as good', breaching: 'Count it as breaching', ignore: 'Keep the state',
}

/** The same as a choice to make. */
export const missingDataChoice = (treatment: string): string => MISSING_SHORT[treatment] ?? treatment

/** What missing data does, for people; `missing` is what an alarm without the setting does. */
export const missingDataInWords = (treatment: string | undefined): string => MISSING[treatment ?? 'missing'] ?? treatment ?? ''
