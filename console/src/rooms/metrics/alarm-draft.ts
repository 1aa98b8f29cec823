import type { Operations } from '../../aws/operations.ts'
import type { Metric } from '../../aws/shapes.ts'
import type { Severity } from '../../words/severity.ts'
import { lineName } from './metric-groups.ts'

type PutMetricAlarm = Operations['PutMetricAlarm']['input']

export const COMPARISONS = [
  'GreaterThanThreshold', 'GreaterThanOrEqualToThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold',
] as const
type Comparison = (typeof COMPARISONS)[number]
export const TREATMENTS = ['missing', 'notBreaching', 'breaching', 'ignore'] as const
type Treatment = (typeof TREATMENTS)[number]
/** Periods that alarms may have and that people choose. */
export const ALARM_PERIODS: readonly number[] = [10, 30, 60, 300, 900, 3600, 21_600, 86_400]
const BASIC_STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const

/** What the form holds: numbers as typed. */
export interface AlarmDraft {
  readonly name: string
  readonly description: string
  readonly statistic: string
  readonly period: number
  readonly comparison: Comparison
  readonly threshold: string
  readonly datapoints: string
  readonly periods: string
  readonly missing: Treatment
  /** Empty for none. */
  readonly severity: Severity | ''
  /** Topic ARN; empty for none. */
  readonly topic: string
}

export const newDraft = (metric: Metric, statistic: string, period: number): AlarmDraft => ({
  name: lineName(metric).slice(0, 255),
  description: '',
  statistic,
  period: ALARM_PERIODS.find(each => each >= period) ?? 60,
  comparison: 'GreaterThanThreshold',
  threshold: '',
  datapoints: '1',
  periods: '1',
  missing: 'missing',
  severity: 'P3',
  topic: '',
})

type Problems = Partial<Record<keyof AlarmDraft, string>>

const whole = (text: string): number | undefined => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined)
const DAY = 86_400

/** What is wrong with the draft, by field; CloudWatch's own limits, told before it is asked. */
export const problemsOf = (draft: AlarmDraft): Problems => {
  const problems: { -readonly [Field in keyof Problems]: Problems[Field] } = {}
  if (draft.name.trim() === '') problems.name = 'Give the alarm a name'
  else if (draft.name.length > 255) problems.name = 'At most 255 characters'
  if (draft.description.length > 1024) problems.description = 'At most 1024 characters'
  if (draft.threshold.trim() === '' || !Number.isFinite(Number(draft.threshold))) problems.threshold = 'Enter a number'
  const [m, n] = [whole(draft.datapoints), whole(draft.periods)]
  const longest = draft.period < 3600 ? DAY : 7 * DAY
  if (n === undefined || n < 1) problems.periods = 'Enter a whole number of at least 1'
  else if (n * draft.period > longest) problems.periods = `All periods together may span at most ${longest === DAY ? 'a day' : 'a week'}`
  if (m === undefined || m < 1) problems.datapoints = 'Enter a whole number of at least 1'
  else if (n !== undefined && m > n) problems.datapoints = 'Not more than the periods looked at'
  return problems
}

/** The request for a draft without problems. */
export const requestOf = (draft: AlarmDraft, metric: Metric): PutMetricAlarm => {
  const basic = BASIC_STATISTICS.find(each => each === draft.statistic)
  const actions = draft.topic === '' ? [] : [draft.topic]
  return {
    AlarmName: draft.name.trim(),
    ...(draft.description.trim() !== '' && { AlarmDescription: draft.description.trim() }),
    Namespace: metric.Namespace,
    MetricName: metric.MetricName,
    Dimensions: metric.Dimensions ?? [],
    ...(basic === undefined ? { ExtendedStatistic: draft.statistic } : { Statistic: basic }),
    Period: draft.period,
    EvaluationPeriods: Number(draft.periods),
    DatapointsToAlarm: Number(draft.datapoints),
    Threshold: Number(draft.threshold),
    ComparisonOperator: draft.comparison,
    TreatMissingData: draft.missing,
    AlarmActions: actions,
    OKActions: actions,
    ...(draft.severity !== '' && { Tags: [{ Key: 'Severity', Value: draft.severity }] }),
  }
}
