import type {
  CreateLogGroupRequest, DeleteLogGroupRequest, DeleteQueryDefinitionRequest, DeleteQueryDefinitionResponse, DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest, DescribeLogGroupsResponse, DescribeLogStreamsRequest, DescribeLogStreamsResponse,
  DescribeMetricFiltersRequest, DescribeMetricFiltersResponse, DescribeQueryDefinitionsRequest, DescribeQueryDefinitionsResponse,
  DescribeSubscriptionFiltersRequest, DescribeSubscriptionFiltersResponse, FilterLogEventsRequest, FilterLogEventsResponse,
  GetDataProtectionPolicyRequest, GetDataProtectionPolicyResponse, GetLogGroupFieldsRequest, GetLogGroupFieldsResponse,
  GetLogRecordRequest, GetLogRecordResponse, GetQueryResultsRequest, GetQueryResultsResponse, ListAnomaliesRequest, ListAnomaliesResponse,
  PutQueryDefinitionRequest, PutQueryDefinitionResponse, PutRetentionPolicyRequest, StartQueryRequest, StartQueryResponse,
  StopQueryRequest, StopQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { OnWire } from './on-wire.ts'

interface Operation<Input, Output> {
  readonly input: OnWire<Input>
  readonly output: OnWire<Output>
}
type Empty = Readonly<Record<string, never>>

/** The CloudWatch Logs operations that the console calls. */
export interface LogOperations {
  CreateLogGroup: Operation<CreateLogGroupRequest, Empty>
  DeleteLogGroup: Operation<DeleteLogGroupRequest, Empty>
  DeleteQueryDefinition: Operation<DeleteQueryDefinitionRequest, DeleteQueryDefinitionResponse>
  DeleteRetentionPolicy: Operation<DeleteRetentionPolicyRequest, Empty>
  DescribeLogGroups: Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>
  DescribeLogStreams: Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>
  DescribeMetricFilters: Operation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>
  DescribeQueryDefinitions: Operation<DescribeQueryDefinitionsRequest, DescribeQueryDefinitionsResponse>
  DescribeSubscriptionFilters: Operation<DescribeSubscriptionFiltersRequest, DescribeSubscriptionFiltersResponse>
  FilterLogEvents: Operation<FilterLogEventsRequest, FilterLogEventsResponse>
  GetDataProtectionPolicy: Operation<GetDataProtectionPolicyRequest, GetDataProtectionPolicyResponse>
  GetLogGroupFields: Operation<GetLogGroupFieldsRequest, GetLogGroupFieldsResponse>
  GetLogRecord: Operation<GetLogRecordRequest, GetLogRecordResponse>
  GetQueryResults: Operation<GetQueryResultsRequest, GetQueryResultsResponse>
  ListAnomalies: Operation<ListAnomaliesRequest, ListAnomaliesResponse>
  PutQueryDefinition: Operation<PutQueryDefinitionRequest, PutQueryDefinitionResponse>
  PutRetentionPolicy: Operation<PutRetentionPolicyRequest, Empty>
  StartQuery: Operation<StartQueryRequest, StartQueryResponse>
  StopQuery: Operation<StopQueryRequest, StopQueryResponse>
}
