import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { AlarmBase, MetricAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { invalidParameterCombination, invalidParameterValue } from '../faults.ts'
import { metricIdentity } from '../metric-identity.ts'
import { checkRecovery } from './actions.ts'
import { periodOf, quorumOf, required, staticLimitOf } from './evaluation-parameters.ts'

export const singleMetricAlarm = (input: PutMetricAlarmCommandInput, base: AlarmBase): MetricAlarm => {
  const name = required(input.MetricName, 'MetricName')
  const namespace = required(input.Namespace, 'Namespace')
  if (!ASCII.test(namespace)) throw validationError('Namespace must not contain Non-ASCII characters.')
  const statistic = statisticOf(input)
  const quorum = quorumOf(input, periodOf(required(input.Period, 'Period')))
  if (input.Statistic !== undefined && quorum.evaluateLowSampleCountPercentile !== undefined) {
    throw validationError(
      `Option evaluateLowSampleCountPercentile can not be applied with statistic ${input.Statistic}. This option is enabled only for percentile statistics.`,
    )
  }
  if (input.ThresholdMetricId !== undefined) throw validationError('ThresholdMetricId should not be set if MetricName is set.')
  checkRecovery([...base.okActions, ...base.alarmActions, ...base.insufficientDataActions], namespace, name)
  return {
    ...base,
    kind: 'metric',
    metric: metricIdentity({ namespace, name, dimensions: input.Dimensions }, validationError),
    statistic,
    unit: input.Unit,
    ...quorum,
    ...staticLimitOf(input),
  }
}

// eslint-disable-next-line no-control-regex -- the whole range is meant
const ASCII = /^[\u0000-\u007f]*$/

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
