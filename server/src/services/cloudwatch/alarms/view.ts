import type { MetricAlarm as DescribedAlarm } from '@aws-sdk/client-cloudwatch'
import { isBasic } from '../../../engines/statistics/basic.ts'
import type { AlarmRecord } from '../../../model/alarm.ts'

/** An alarm as the describe operations show it: what was never set is left out, lists are there even when empty. */
export const describeMetricAlarm = ({ alarm, state }: AlarmRecord): DescribedAlarm => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ...present('AlarmDescription', alarm.description),
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  OKActions: [...alarm.okActions],
  AlarmActions: [...alarm.alarmActions],
  InsufficientDataActions: [...alarm.insufficientDataActions],
  StateValue: state.value,
  StateReason: state.reason,
  ...present('StateReasonData', state.reasonData),
  StateUpdatedTimestamp: new Date(state.updatedAt),
  MetricName: alarm.metric.name,
  Namespace: alarm.metric.namespace,
  ...(isBasic(alarm.statistic) ? { Statistic: alarm.statistic } : { ExtendedStatistic: alarm.statistic }),
  Dimensions: alarm.metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
  Period: alarm.period,
  ...present('Unit', alarm.unit),
  EvaluationPeriods: alarm.evaluationPeriods,
  ...present('DatapointsToAlarm', alarm.datapointsToAlarm),
  Threshold: alarm.threshold,
  ComparisonOperator: alarm.comparison,
  ...present('TreatMissingData', alarm.treatMissingData),
  ...present('EvaluateLowSampleCountPercentile', alarm.evaluateLowSampleCountPercentile),
  StateTransitionedTimestamp: new Date(state.transitionedAt),
})

const present = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value }
