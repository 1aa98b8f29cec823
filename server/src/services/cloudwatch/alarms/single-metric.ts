import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { seconds, type Seconds } from '../../../base/time.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { AlarmBase, MetricAlarm, MissingDataTreatment, StaticComparison } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { invalidParameterCombination, invalidParameterValue } from '../faults.ts'
import { metricIdentity } from '../metric-identity.ts'

export const singleMetricAlarm = (input: PutMetricAlarmCommandInput, base: AlarmBase): MetricAlarm => {
  const name = required(input.MetricName, 'MetricName')
  const namespace = required(input.Namespace, 'Namespace')
  const statistic = statisticOf(input)
  const period = periodOf(required(input.Period, 'Period'))
  const evaluationPeriods = required(input.EvaluationPeriods, 'EvaluationPeriods')
  checkWindow(period, evaluationPeriods)
  const datapointsToAlarm = input.DatapointsToAlarm
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    throw validationError('DatapointsToAlarm must be less than or equal to EvaluationPeriods')
  }
  return {
    ...base,
    kind: 'metric',
    metric: metricIdentity({ namespace, name, dimensions: input.Dimensions }, validationError),
    statistic,
    unit: input.Unit,
    period,
    evaluationPeriods,
    datapointsToAlarm,
    threshold: thresholdOf(input),
    comparison: comparisonOf(required(input.ComparisonOperator, 'ComparisonOperator')),
    treatMissingData: option(input.TreatMissingData, 'TreatMissingData', MISSING_DATA_TREATMENTS),
    evaluateLowSampleCountPercentile: option(
      input.EvaluateLowSampleCountPercentile,
      'EvaluateLowSampleCountPercentile',
      LOW_SAMPLE_TREATMENTS,
    ),
  }
}

const MISSING_DATA_TREATMENTS: readonly MissingDataTreatment[] = ['breaching', 'notBreaching', 'ignore', 'missing']
const LOW_SAMPLE_TREATMENTS = ['evaluate', 'ignore'] as const

const required = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined) throw validationError(`${name} must not be null`)
  return value
}

const statisticOf = ({ Statistic, ExtendedStatistic }: PutMetricAlarmCommandInput): string => {
  if (Statistic !== undefined && ExtendedStatistic !== undefined) {
    throw invalidParameterCombination('The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.')
  }
  if (Statistic !== undefined) return Statistic
  if (ExtendedStatistic === undefined) throw validationError('Statistic or ExtendedStatistic must not be null')
  const parsed = parseStatistic(ExtendedStatistic)
  if (!parsed.ok || parsed.statistic.basic !== undefined) {
    throw invalidParameterValue(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`)
  }
  return ExtendedStatistic
}

const periodOf = (period: number): Seconds => {
  if (period !== 10 && period !== 20 && period !== 30 && period % 60 !== 0) {
    throw validationError('Period must be 10, 20, 30 or a multiple of 60')
  }
  return seconds(period)
}

const DAY = 86_400
const WEEK = 604_800

const checkWindow = (period: Seconds, evaluationPeriods: number): void => {
  const window = period * evaluationPeriods
  if (period < 3600 && window > DAY) {
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for alarms using period < 3600',
    )
  }
  if (window > WEEK) {
    throw validationError(
      'Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600',
    )
  }
}

const thresholdOf = (input: PutMetricAlarmCommandInput): number => {
  if (input.ThresholdMetricId !== undefined) throw validationError('ThresholdMetricId should not be set if MetricName is set.')
  const threshold = required(input.Threshold, 'Threshold')
  if (!Number.isFinite(threshold)) throw validationError(`The value ${threshold} for parameter Threshold is invalid.`)
  return threshold
}

const comparisonOf = (operator: string): StaticComparison => {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
    case 'GreaterThanThreshold':
    case 'LessThanThreshold':
    case 'LessThanOrEqualToThreshold':
      return operator
    default:
      throw validationError(`ComparisonOperator ${operator} is only supported for alarms based on anomaly detection models.`)
  }
}

const option = <Option extends string>(value: string | undefined, name: string, options: readonly Option[]): Option | undefined => {
  if (value === undefined) return undefined
  const found = options.find(candidate => candidate === value)
  if (found !== undefined) return found
  const listed = `${options.slice(0, -1).join(', ')} and ${options.at(-1)!}`
  throw validationError(`Option ${value} is not supported. Supported options for parameter ${name} are ${listed}.`)
}
