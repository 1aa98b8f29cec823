import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import type { AlarmBase, MeasuredAlarm, PromqlAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { hasControlCharacter } from '../metric-identity.ts'
import { tagsPropagationOf } from './action-configuration.ts'
import { checkActions } from './actions.ts'
import { notSupported } from './evaluation-parameters.ts'
import { expressionAlarm } from './expression-alarm.ts'
import { promqlAlarm, type CheckPromql } from './promql-alarm.ts'
import { singleMetricAlarm } from './single-metric.ts'
import { warmUpOf } from './warm-up-configuration.ts'

/** The definition that PutMetricAlarm asks for. Throws AWS's refusals; the model's own limits are checked before. */
export const defineAlarm = (
  input: PutMetricAlarmCommandInput,
  tenant: Tenant,
  now: EpochMillis,
  checkPromql: CheckPromql | undefined,
): MeasuredAlarm | PromqlAlarm => {
  const kind = alarmKind(input)
  const base = alarmBase(input, tenant, now)
  switch (kind) {
    case 'single metric':
      return singleMetricAlarm(input, base)
    case 'expression':
      return expressionAlarm(input, base)
    case 'query':
      if (checkPromql === undefined) throw notSupported('alarms on EvaluationCriteria')
      return promqlAlarm(input, base, checkPromql)
  }
}

/** What the alarm watches: decides which parameters it must and must not have. */
type AlarmKind = 'single metric' | 'expression' | 'query'

const SINGLE_METRIC_PARAMETERS = ['MetricName', 'Namespace', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'] as const
const NOT_WITH_CRITERIA = [
  ...SINGLE_METRIC_PARAMETERS,
  'Metrics', 'Threshold', 'ComparisonOperator', 'ThresholdMetricId', 'EvaluationPeriods', 'DatapointsToAlarm',
] as const

const alarmKind = (input: PutMetricAlarmCommandInput): AlarmKind => {
  if (input.EvaluationCriteria !== undefined) {
    for (const name of NOT_WITH_CRITERIA) {
      if (isSet(input[name])) throw validationError(`${name} should not be set if EvaluationCriteria is set.`)
    }
    if (input.EvaluationWindow !== undefined) throw validationError('EvaluationWindow should not be set if EvaluationCriteria is set.')
    if (input.EvaluationInterval === undefined) throw validationError('EvaluationInterval must not be null')
    return 'query'
  }
  if (input.EvaluationInterval !== undefined) {
    throw validationError('EvaluationInterval should not be set if EvaluationCriteria is not set.')
  }
  if (isSet(input.Metrics)) {
    for (const name of SINGLE_METRIC_PARAMETERS) {
      if (isSet(input[name])) throw validationError(`${name} should not be set if list of Metrics is set.`)
    }
    return 'expression'
  }
  return 'single metric'
}

const alarmBase = (input: PutMetricAlarmCommandInput, tenant: Tenant, now: EpochMillis): AlarmBase => {
  const name = input.AlarmName!
  if (hasControlCharacter(name)) throw validationError('AlarmName must not contain ASCII control characters')
  return {
    tenant,
    arn: alarmArn(tenant, name),
    name,
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: checkActions(input.OKActions ?? [], tenant),
    alarmActions: checkActions(input.AlarmActions ?? [], tenant),
    insufficientDataActions: checkActions(input.InsufficientDataActions ?? [], tenant),
    configuredAt: now,
    ...tagsPropagationOf(input),
    ...warmUpOf(input.WarmUpConfiguration, now),
  }
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
