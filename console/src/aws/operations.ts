import type {
  DeleteAlarmsInput, DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput, DescribeAlarmsInput, DescribeAlarmsOutput,
  DisableAlarmActionsInput, EnableAlarmActionsInput, GetMetricDataInput, GetMetricDataOutput, GetMetricStatisticsInput,
  GetMetricStatisticsOutput, ListMetricsInput, ListMetricsOutput, ListTagsForResourceInput, ListTagsForResourceOutput,
  PutMetricAlarmInput, SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch'
import type { OnWire } from './on-wire.ts'

interface Operation<Input, Output> {
  readonly input: OnWire<Input>
  readonly output: OnWire<Output>
}
type Empty = Readonly<Record<string, never>>

/** The CloudWatch operations that the console calls. */
export interface Operations {
  DeleteAlarms: Operation<DeleteAlarmsInput, Empty>
  DescribeAlarmHistory: Operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput>
  DescribeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput>
  DisableAlarmActions: Operation<DisableAlarmActionsInput, Empty>
  EnableAlarmActions: Operation<EnableAlarmActionsInput, Empty>
  GetMetricData: Operation<GetMetricDataInput, GetMetricDataOutput>
  GetMetricStatistics: Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput>
  ListMetrics: Operation<ListMetricsInput, ListMetricsOutput>
  ListTagsForResource: Operation<ListTagsForResourceInput, ListTagsForResourceOutput>
  PutMetricAlarm: Operation<PutMetricAlarmInput, Empty>
  SetAlarmState: Operation<SetAlarmStateInput, Empty>
}
