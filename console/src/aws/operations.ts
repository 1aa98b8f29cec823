import type {
  DeleteAlarmMuteRuleInput, DeleteAlarmsInput, DeleteDashboardsInput, DescribeAlarmContributorsInput, DescribeAlarmContributorsOutput,
  DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput, DescribeAlarmsInput, DescribeAlarmsOutput, DisableAlarmActionsInput,
  EnableAlarmActionsInput, GetAlarmMuteRuleInput, GetAlarmMuteRuleOutput, GetDashboardInput, GetDashboardOutput, GetMetricDataInput,
  GetMetricDataOutput, GetMetricStatisticsInput, GetMetricStatisticsOutput, ListAlarmMuteRulesInput, ListAlarmMuteRulesOutput,
  ListDashboardsInput, ListDashboardsOutput, ListMetricsInput, ListMetricsOutput, ListTagsForResourceInput, ListTagsForResourceOutput,
  PutAlarmMuteRuleInput, PutDashboardInput, PutDashboardOutput, PutMetricAlarmInput, SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch'
import type { OnWire } from './on-wire.ts'

interface Operation<Input, Output> {
  readonly input: OnWire<Input>
  readonly output: OnWire<Output>
}
type Empty = Readonly<Record<string, never>>

/** The CloudWatch operations that the console calls. */
export interface Operations {
  DeleteAlarmMuteRule: Operation<DeleteAlarmMuteRuleInput, Empty>
  DeleteAlarms: Operation<DeleteAlarmsInput, Empty>
  DeleteDashboards: Operation<DeleteDashboardsInput, Empty>
  DescribeAlarmContributors: Operation<DescribeAlarmContributorsInput, DescribeAlarmContributorsOutput>
  DescribeAlarmHistory: Operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput>
  DescribeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput>
  DisableAlarmActions: Operation<DisableAlarmActionsInput, Empty>
  EnableAlarmActions: Operation<EnableAlarmActionsInput, Empty>
  GetAlarmMuteRule: Operation<GetAlarmMuteRuleInput, GetAlarmMuteRuleOutput>
  GetDashboard: Operation<GetDashboardInput, GetDashboardOutput>
  GetMetricData: Operation<GetMetricDataInput, GetMetricDataOutput>
  GetMetricStatistics: Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput>
  ListAlarmMuteRules: Operation<ListAlarmMuteRulesInput, ListAlarmMuteRulesOutput>
  ListDashboards: Operation<ListDashboardsInput, ListDashboardsOutput>
  ListMetrics: Operation<ListMetricsInput, ListMetricsOutput>
  ListTagsForResource: Operation<ListTagsForResourceInput, ListTagsForResourceOutput>
  PutAlarmMuteRule: Operation<PutAlarmMuteRuleInput, Empty>
  PutDashboard: Operation<PutDashboardInput, PutDashboardOutput>
  PutMetricAlarm: Operation<PutMetricAlarmInput, Empty>
  SetAlarmState: Operation<SetAlarmStateInput, Empty>
}
