import type { GetScheduledQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import { languageOf } from '../../../engines/insights/compile-query.ts'
import type { ScheduledQuery } from '../../../model/scheduled-query.ts'
import { notFound } from '../faults.ts'
import type { ScheduledQueryStore } from './ports.ts'

/** Of what is shown of scheduled queries. */
export const SHOWN_DIFFERENCES = [
  { member: 'destinationConfiguration.s3Configuration.ownerAccountId', how: 'absent: buckets are of the same account' },
  { member: 'destinationConfiguration.s3Configuration.kmsKeyId', how: 'absent: results are not encrypted by a KMS key' },
  { member: 'destinationConfiguration.lookupTableConfiguration', how: 'absent: results go into buckets alone' },
]

/** The tenant's query of that name or ARN. */
export const scheduledQueryOf = async (store: ScheduledQueryStore, tenant: Tenant, identifier: string): Promise<ScheduledQuery> => {
  const found = (await store.list(tenant)).find(({ name, arn }) => name === identifier || arn === identifier)
  if (found === undefined) throw notFound('The specified scheduled query does not exist.')
  return found
}

export const scheduledQueryView = (query: ScheduledQuery): GetScheduledQueryResponse => ({
  scheduledQueryArn: query.arn,
  name: query.name,
  description: query.description,
  queryLanguage: languageOf(query.text),
  queryString: query.text,
  logGroupIdentifiers: query.groups.length === 0 ? undefined : [...query.groups],
  scheduleExpression: query.schedule,
  timezone: query.timezone,
  startTimeOffset: query.startOffset,
  endTimeOffset: query.endOffset,
  destinationConfiguration: destinationView(query),
  state: query.enabled ? 'ENABLED' : 'DISABLED',
  lastTriggeredTime: query.triggeredAt,
  lastExecutionStatus: query.lastStatus,
  scheduleStartTime: query.from,
  scheduleEndTime: query.until,
  executionRoleArn: query.roleArn,
  creationTime: query.createdAt,
  lastUpdatedTime: query.updatedAt,
})

export const destinationView = ({ destination }: ScheduledQuery) =>
  destination && { s3Configuration: { destinationIdentifier: destination.uri, roleArn: destination.roleArn } }
