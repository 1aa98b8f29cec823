import type { LogAlarm as DescribedAlarm } from '@aws-sdk/client-cloudwatch'
import type { LogAlarm, RecordOf } from '../../../model/alarm.ts'
import { describeActionConfiguration } from './action-configuration.ts'
import { describeWarmUp } from './warm-up-configuration.ts'

/** A log alarm as DescribeAlarms shows it: what was never set is left out, lists are there even when empty. */
export const describeLogAlarm = ({ alarm, state }: RecordOf<LogAlarm>): DescribedAlarm => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  ...describeActionConfiguration(alarm),
  ...describeWarmUp(alarm),
  OKActions: [...alarm.okActions],
  AlarmActions: [...alarm.alarmActions],
  InsufficientDataActions: [...alarm.insufficientDataActions],
  StateValue: state.value,
  StateReason: state.reason,
  ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
  StateUpdatedTimestamp: new Date(state.updatedAt),
  ScheduledQueryConfiguration: {
    QueryString: alarm.query,
    ...(alarm.groups.length === 0 ? {} : { LogGroupIdentifiers: [...alarm.groups] }),
    ScheduledQueryRoleARN: alarm.queryRole,
    ScheduleConfiguration: { ScheduleExpression: alarm.schedule, StartTimeOffset: alarm.startOffset, EndTimeOffset: alarm.endOffset },
    AggregationExpression: alarm.aggregation,
  },
  QueryResultsToEvaluate: alarm.evaluationPeriods,
  QueryResultsToAlarm: alarm.datapointsToAlarm,
  Threshold: alarm.threshold,
  ComparisonOperator: alarm.comparison,
  ...(alarm.treatMissingData === undefined ? {} : { TreatMissingData: alarm.treatMissingData }),
  StateTransitionedTimestamp: new Date(state.transitionedAt),
  ...(state.evaluation === undefined ? {} : { EvaluationState: state.evaluation }),
  ActionLogLineCount: alarm.lines,
  ...(alarm.linesRole === undefined ? {} : { ActionLogLineRoleArn: alarm.linesRole }),
})
