import type {
  CreateLogGroupRequest, DeleteLogGroupRequest, DeleteQueryDefinitionRequest, DeleteQueryDefinitionResponse, DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest, DescribeLogGroupsResponse, DescribeLogStreamsRequest, DescribeLogStreamsResponse,
  DescribeQueryDefinitionsRequest, DescribeQueryDefinitionsResponse, FilterLogEventsRequest, FilterLogEventsResponse,
  GetLogGroupFieldsRequest, GetLogGroupFieldsResponse, GetLogRecordRequest, GetLogRecordResponse, GetQueryResultsRequest,
  GetQueryResultsResponse, PutQueryDefinitionRequest, PutQueryDefinitionResponse, PutRetentionPolicyRequest, StartQueryRequest,
  StartQueryResponse, StopQueryRequest, StopQueryResponse,
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
  DescribeQueryDefinitions: Operation<DescribeQueryDefinitionsRequest, DescribeQueryDefinitionsResponse>
  FilterLogEvents: Operation<FilterLogEventsRequest, FilterLogEventsResponse>
  GetLogGroupFields: Operation<GetLogGroupFieldsRequest, GetLogGroupFieldsResponse>
  GetLogRecord: Operation<GetLogRecordRequest, GetLogRecordResponse>
  GetQueryResults: Operation<GetQueryResultsRequest, GetQueryResultsResponse>
  PutQueryDefinition: Operation<PutQueryDefinitionRequest, PutQueryDefinitionResponse>
  PutRetentionPolicy: Operation<PutRetentionPolicyRequest, Empty>
  StartQuery: Operation<StartQueryRequest, StartQueryResponse>
  StopQuery: Operation<StopQueryRequest, StopQueryResponse>
}
