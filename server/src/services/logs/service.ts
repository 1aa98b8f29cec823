import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { RetentionOf } from '../../model/log.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import { associateKmsKey } from './associate-kms-key.ts'
import { createLogGroup } from './create-log-group.ts'
import { createLogStream } from './create-log-stream.ts'
import { definitionOperations, type LogDefinitionPorts } from './definitions/operations.ts'
import { deleteDestination } from './delete-destination.ts'
import { deleteLogGroup } from './delete-log-group.ts'
import { deleteLogStream } from './delete-log-stream.ts'
import { deleteMetricFilter } from './delete-metric-filter.ts'
import { deleteRetentionPolicy } from './delete-retention-policy.ts'
import { deleteSubscriptionFilter } from './delete-subscription-filter.ts'
import { describeDestinations } from './describe-destinations.ts'
import { describeLogGroups } from './describe-log-groups.ts'
import { describeLogStreams } from './describe-log-streams.ts'
import { describeMetricFilters } from './describe-metric-filters.ts'
import { describeSubscriptionFilters } from './describe-subscription-filters.ts'
import { disassociateKmsKey } from './disassociate-kms-key.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import { getLogGroupFields } from './get-log-group-fields.ts'
import { getLogRecord } from './get-log-record.ts'
import { listAggregateLogGroupSummaries } from './list-aggregate-log-group-summaries.ts'
import { listLogGroups } from './list-log-groups.ts'
import { listTagsLogGroup } from './list-tags-log-group.ts'
import { NOT_SERVED } from './not-served.ts'
import type { LogDestinationStore, LogEventReads, LogFilterStore, LogGroupFigures, LogGroupStore, LogSink, LogTags, LogTails, LogTopics } from './ports.ts'
import { putBearerTokenAuthentication } from './put-bearer-token-authentication.ts'
import { putDestinationPolicy } from './put-destination-policy.ts'
import { putDestination } from './put-destination.ts'
import { putLogColumns, putLogEvents } from './put-log-events.ts'
import { queryOperations, type QueryPorts } from './queries/operations.ts'
import { putLogGroupDeletionProtection } from './put-log-group-deletion-protection.ts'
import { putMetricFilter } from './put-metric-filter.ts'
import { putRetentionPolicy } from './put-retention-policy.ts'
import { putSubscriptionFilter } from './put-subscription-filter.ts'
import { startLiveTail } from './start-live-tail.ts'
import { tagLogGroup } from './tag-log-group.ts'
import { tagOperations } from './tag-operations.ts'
import { testMetricFilter } from './test-metric-filter.ts'
import { untagLogGroup } from './untag-log-group.ts'

/** What the roof plugs in. */
export interface LogsPorts {
  readonly groups: LogGroupStore
  readonly sink: LogSink
  readonly reads: LogEventReads
  readonly figures: LogGroupFigures
  readonly retentionOf: RetentionOf
  readonly tags: LogTags
  readonly queries: QueryPorts
  readonly definitions: LogDefinitionPorts
  readonly metricFilters: LogFilterStore<LogMetricFilter>
  readonly subscriptionFilters: LogFilterStore<LogSubscriptionFilter>
  readonly destinations: LogDestinationStore
  readonly topics: LogTopics
  readonly tails: LogTails
}

export const logs = ({ groups, sink, reads, figures, retentionOf, tags, queries, definitions, metricFilters, subscriptionFilters, destinations, topics, tails }: LogsPorts): Service => ({
  actionPrefix: 'logs',
  signingNames: ['logs'],
  targetPrefix: 'Logs_20140328',
  queryVersion: undefined,
  xmlNamespace: undefined,
  queryCompatible: false,
  get schemas() {
    return publishedSchemas('client-cloudwatch-logs')
  },
  missing: NOT_SERVED,
  operations: [
    createLogGroup(groups),
    describeLogGroups({ groups, figures, retentionOf, filters: metricFilters, protections: definitions.protections }),
    listLogGroups(groups, tags),
    listAggregateLogGroupSummaries(groups, tags),
    deleteLogGroup(groups),
    createLogStream(groups),
    describeLogStreams(groups),
    deleteLogStream(groups),
    putLogEvents(putLogColumns(groups, sink, retentionOf)),
    getLogEvents(groups, reads),
    filterLogEvents(groups, reads),
    getLogRecord(groups, reads),
    getLogGroupFields(groups, reads),
    ...queryOperations(groups, queries),
    ...definitionOperations(groups, figures, definitions, { destinations, topics }),
    putRetentionPolicy(groups),
    deleteRetentionPolicy(groups),
    putLogGroupDeletionProtection(groups),
    putBearerTokenAuthentication(groups),
    associateKmsKey(groups),
    disassociateKmsKey(groups),
    ...tagOperations({ groups, destinations, queries, definitions, tags }),
    tagLogGroup(groups, tags),
    untagLogGroup(groups, tags),
    listTagsLogGroup(groups, tags),
    putMetricFilter({ groups, metricFilters, subscriptionFilters }),
    describeMetricFilters(groups, metricFilters),
    deleteMetricFilter(groups, metricFilters),
    testMetricFilter(),
    putSubscriptionFilter({ groups, metricFilters, subscriptionFilters, destinations, topics }),
    describeSubscriptionFilters(groups, subscriptionFilters),
    deleteSubscriptionFilter(groups, subscriptionFilters),
    putDestination(destinations, { topics }),
    describeDestinations(destinations),
    deleteDestination(destinations),
    putDestinationPolicy(destinations),
    startLiveTail(groups, tails),
  ],
})
