import type { MetricAlarm } from '../aws/shapes.ts'
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

export const statisticOf = (alarm: Pick<MetricAlarm, 'Statistic' | 'ExtendedStatistic'>): string =>
  alarm.Statistic ?? alarm.ExtendedStatistic ?? ''

/** What is watched: the metric's name, or the label of the expression that decides. */
export const subject = (alarm: MetricAlarm): string => {
  if (alarm.MetricName !== undefined) return alarm.MetricName
  const deciding = alarm.Metrics?.find(query => query.ReturnData !== false)
  return deciding?.Label ?? deciding?.Expression ?? deciding?.MetricStat?.Metric?.MetricName ?? ''
}

/** When the alarm goes off: `Average ≥ 80 % for 3 of 5 periods of 1 minute`; sign, number and unit stay on one line. */
export const condition = (alarm: MetricAlarm, unit: string | undefined = alarm.Unit): string => {
  const what = statisticName(statisticOf(alarm)) || subject(alarm)
  const threshold = alarm.Threshold === undefined ? 'its band' : quantity(alarm.Threshold, unit)
  return `${what} ${sign(alarm.ComparisonOperator)}\u00a0${threshold} ${span(alarm)}`.trim()
}

const span = ({ EvaluationPeriods: n, DatapointsToAlarm: m, Period: period }: MetricAlarm): string => {
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
