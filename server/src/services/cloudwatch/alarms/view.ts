import type { MetricAlarm as DescribedAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { isBasic } from '../../../engines/statistics/basic.ts'
import type { AlarmQuery, MeasuredAlarm, PeriodicAlarm, PromqlAlarm, RecordOf } from '../../../model/alarm.ts'
import type { Dimension } from '../../../model/metric.ts'
import { describeActionConfiguration } from './action-configuration.ts'
import { describeWindow } from './evaluation-window.ts'
import { describeWarmUp } from './warm-up-configuration.ts'

/** The alarms that AWS's MetricAlarm describes. */
type DescribedAsMetric = MeasuredAlarm | PromqlAlarm

/** An alarm as the describe operations show it: what was never set is left out, lists are there even when empty. */
export const describeMetricAlarm = ({ alarm, state }: RecordOf<DescribedAsMetric>): DescribedAlarm => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ...present('AlarmDescription', alarm.description),
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  ...describeActionConfiguration(alarm),
  ...describeWarmUp(alarm),
  OKActions: [...alarm.okActions],
  AlarmActions: [...alarm.alarmActions],
  InsufficientDataActions: [...alarm.insufficientDataActions],
  StateValue: state.value,
  StateReason: state.reason,
  ...present('StateReasonData', state.reasonData),
  StateUpdatedTimestamp: new Date(state.updatedAt),
  ...watched(alarm),
  ...present('EvaluationState', state.evaluation),
  StateTransitionedTimestamp: new Date(state.transitionedAt),
})

const watched = (alarm: DescribedAsMetric): DescribedAlarm => {
  switch (alarm.kind) {
    case 'metric':
      return {
        MetricName: alarm.metric.name,
        Namespace: alarm.metric.namespace,
        ...(isBasic(alarm.statistic) ? { Statistic: alarm.statistic } : { ExtendedStatistic: alarm.statistic }),
        Dimensions: dimensions(alarm.metric.dimensions),
        Period: alarm.period,
        ...present('Unit', alarm.unit),
        Threshold: alarm.threshold,
        ComparisonOperator: alarm.comparison,
        ...quorum(alarm),
      }
    case 'expression':
      return {
        Dimensions: [],
        Metrics: alarm.queries.map(describeQuery),
        ...(alarm.limit.kind === 'static' ? { Threshold: alarm.limit.threshold } : { ThresholdMetricId: alarm.limit.metricId }),
        ComparisonOperator: alarm.limit.comparison,
        ...quorum(alarm),
      }
    case 'promql':
      return {
        Dimensions: [],
        EvaluationCriteria: {
          PromQLCriteria: { Query: alarm.query, PendingPeriod: alarm.pendingPeriod, RecoveryPeriod: alarm.recoveryPeriod },
        },
        EvaluationInterval: alarm.evaluationInterval,
      }
  }
}

const quorum = (alarm: PeriodicAlarm): DescribedAlarm => ({
  EvaluationPeriods: alarm.evaluationPeriods,
  ...present('DatapointsToAlarm', alarm.datapointsToAlarm),
  ...present('TreatMissingData', alarm.treatMissingData),
  ...present('EvaluateLowSampleCountPercentile', alarm.evaluateLowSampleCountPercentile),
  ...describeWindow(alarm.window),
})

export const describeQuery = ({ id, stored, expression, label, period, account, returnData }: AlarmQuery): MetricDataQuery => ({
  Id: id,
  ...present(
    'MetricStat',
    stored && {
      Metric: { Namespace: stored.metric.namespace, MetricName: stored.metric.name, Dimensions: dimensions(stored.metric.dimensions) },
      Period: stored.period,
      Stat: stored.statistic,
      ...present('Unit', stored.unit),
    },
  ),
  ...present('Expression', expression),
  ...present('Label', label),
  ReturnData: returnData,
  ...present('Period', period),
  ...present('AccountId', account),
})

const dimensions = (list: readonly Dimension[]): { Name: string; Value: string }[] => list.map(({ name, value }) => ({ Name: name, Value: value }))

const present = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value }
