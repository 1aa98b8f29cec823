import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { seconds, type Seconds } from '../../../base/time.ts'
import type { AlarmBase, MissingDataTreatment, PeriodicAlarm, StaticComparison } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { windowOf } from './evaluation-window.ts'

/** M of N periods and what missing data counts as: the same for every alarm that holds values against a limit. */
export const quorumOf = (input: PutMetricAlarmCommandInput, period: Seconds): Omit<PeriodicAlarm, keyof AlarmBase> => {
  const evaluationPeriods = required(input.EvaluationPeriods, 'EvaluationPeriods')
  checkWindow(period, evaluationPeriods)
  const datapointsToAlarm = input.DatapointsToAlarm
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    throw validationError('DatapointsToAlarm must be less than or equal to EvaluationPeriods')
  }
  return {
    period,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missingDataOf(input.TreatMissingData),
    evaluateLowSampleCountPercentile: option(
      input.EvaluateLowSampleCountPercentile,
      'EvaluateLowSampleCountPercentile',
      LOW_SAMPLE_TREATMENTS,
    ),
    ...windowOf(input.EvaluationWindow, period),
  }
}

const MISSING_DATA_TREATMENTS: readonly MissingDataTreatment[] = ['breaching', 'notBreaching', 'ignore', 'missing']
const LOW_SAMPLE_TREATMENTS = ['evaluate', 'ignore'] as const

export const missingDataOf = (treatment: string | undefined): MissingDataTreatment | undefined =>
  option(treatment, 'TreatMissingData', MISSING_DATA_TREATMENTS)

export const notSupported = (what: string) => validationError(`This server does not support ${what}.`)

export const required = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined) throw validationError(`${name} must not be null`)
  return value
}

export const periodOf = (period: number): Seconds => {
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

export const staticLimitOf = (input: PutMetricAlarmCommandInput): { readonly threshold: number; readonly comparison: StaticComparison } => {
  const { ComparisonOperator: operator, Threshold: threshold } = input
  const comparison = operator === undefined ? undefined : comparisonOf(operator)
  if (threshold === undefined) throw validationError('PutMetricAlarm request should have valid Threshold parameter')
  if (!Number.isFinite(threshold)) throw validationError(`The value ${threshold} for parameter Threshold is invalid.`)
  return { threshold, comparison: required(comparison, 'ComparisonOperator') }
}

export const comparisonOf = (operator: string): StaticComparison => {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
    case 'GreaterThanThreshold':
    case 'LessThanThreshold':
    case 'LessThanOrEqualToThreshold':
      return operator
    default:
      throw validationError('ComparisonOperators for ranges require ThresholdMetricId to be set')
  }
}

const option = <Option extends string>(value: string | undefined, name: string, options: readonly Option[]): Option | undefined => {
  if (value === undefined) return undefined
  const found = options.find(candidate => candidate === value)
  if (found !== undefined) return found
  const listed = `${options.slice(0, -1).join(', ')} and ${options.at(-1)!}`
  throw validationError(`Option ${value} is not supported. Supported options for parameter ${name} are ${listed}.`)
}
