import type { UpdateScheduledQueryCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import { parseQuerySchedule } from '../../../engines/insights/query-schedule.ts'
import { SyntaxProblem } from '../../../engines/languages/syntax-problem.ts'
import type { ScheduledQuery } from '../../../model/scheduled-query.ts'
import { Fault, validationError } from '../../../wire/fault.ts'
import { integer, list, oneOf, structure, text } from '../../constraints.ts'
import { ACCOUNT_ID, LOG_GROUP_IDENTIFIER, TIMESTAMP } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogSearcher } from './ports.ts'
import { checkSearch, lookedAt, searchOf, type SearchRequest } from './search-request.ts'

export type ScheduledInput = Omit<UpdateScheduledQueryCommandInput, 'identifier'>

export const SCHEDULED_QUERY_NAME = text({ min: 1, max: 255, pattern: /[a-zA-Z0-9_\-/.#]+/, patternText: String.raw`^[a-zA-Z0-9_\-/.#]+$` })
/** A scheduled query's name or ARN. */
export const SCHEDULED_QUERY_IDENTIFIER = text({ pattern: /[\w#+=/:,.@-]*/ })
const S3_URI = /s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](\/.*)?/
const S3_URI_TEXT = String.raw`s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?`
export const SCHEDULED_QUERY_STATE = oneOf(['ENABLED', 'DISABLED'])
export const SCHEDULED_QUERY_LIMITS = {
  description: text({ max: 1024 }),
  queryLanguage: oneOf(['CWLI', 'SQL', 'PPL']),
  queryString: text({ max: 10_000 }),
  logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { min: 1, max: 50 }),
  scheduleExpression: text({ max: 256 }),
  timezone: text({ min: 1 }),
  startTimeOffset: integer(),
  endTimeOffset: integer(),
  scheduleStartTime: TIMESTAMP,
  scheduleEndTime: TIMESTAMP,
  executionRoleArn: text({ min: 1 }),
  state: SCHEDULED_QUERY_STATE,
  destinationConfiguration: structure({
    s3Configuration: structure(
      { destinationIdentifier: text({ max: 1024, pattern: S3_URI, patternText: S3_URI_TEXT }), roleArn: text({ min: 1 }), ownerAccountId: ACCOUNT_ID, kmsKeyId: text({ max: 256 }) },
      ['destinationIdentifier', 'roleArn'],
    ),
  }),
}
export const SCHEDULED_QUERY_REQUIRED = ['queryLanguage', 'queryString', 'scheduleExpression', 'executionRoleArn'] as const

type ScheduledDefinition = Pick<
  ScheduledQuery,
  'description' | 'text' | 'groups' | 'schedule' | 'timezone' | 'startOffset' | 'endOffset' | 'destination' | 'from' | 'until' | 'roleArn' | 'enabled'
>

/** What the input defines, checked; throws AWS's refusals. */
export const definitionOf = (groups: LogGroupStore, searcher: LogSearcher, tenant: Tenant, input: ScheduledInput): ScheduledDefinition => {
  if (input.queryLanguage === 'PPL') throw validationError('The query language PPL is not supported.')
  if (input.destinationConfiguration !== undefined && input.destinationConfiguration.s3Configuration === undefined) {
    throw validationError('Only S3 destinations are supported.')
  }
  try {
    parseQuerySchedule(input.scheduleExpression!, input.timezone)
    const request = requestOf(tenant, input)
    checkSearch(searcher, searchOf(groups, request))
    if (lookedAt(groups, searcher, request).unmasked.length > 0) throw validationError('Scheduled queries cannot unmask log events.')
  } catch (error) {
    if (error instanceof SyntaxProblem) throw validationError(error.message)
    if (error instanceof Fault && error.code !== 'ResourceNotFoundException') throw validationError(error.message)
    throw error
  }
  const s3 = input.destinationConfiguration?.s3Configuration
  return {
    description: input.description,
    text: input.queryString!,
    groups: input.logGroupIdentifiers ?? [],
    schedule: input.scheduleExpression!,
    timezone: input.timezone,
    startOffset: input.startTimeOffset,
    endOffset: input.endTimeOffset,
    destination: s3 && { uri: s3.destinationIdentifier!, roleArn: s3.roleArn! },
    from: millisOf(input.scheduleStartTime),
    until: millisOf(input.scheduleEndTime),
    roleArn: input.executionRoleArn!,
    enabled: input.state !== 'DISABLED',
  }
}

/** Whoever has a query run must be allowed to run it. */
export const queryPermissions = (groups: LogGroupStore, searcher: LogSearcher, tenant: Tenant, input: ScheduledInput) =>
  lookedAt(groups, searcher, requestOf(tenant, input)).resources.map(resource => ({ permission: 'StartQuery', resource }))

const requestOf = (tenant: Tenant, { queryString = '', queryLanguage, logGroupIdentifiers }: ScheduledInput): SearchRequest =>
  ({ tenant, requestId: '', text: queryString, language: queryLanguage === 'SQL' ? 'SQL' : 'CWLI', logGroupIdentifiers, start: 0, end: 0, limit: undefined, startedBy: '' })

/** Seconds, or milliseconds where they are sent. */
const millisOf = (time: number | undefined): number | undefined => (time === undefined ? undefined : time < 100_000_000_000 ? time * 1000 : time)

export const SCHEDULED_DIFFERENCES = [
  { member: 'executionRoleArn', how: 'recorded and shown: whoever makes or changes the query must be allowed `StartQuery` on its groups' },
  { member: 'queryLanguage', how: 'PPL is refused; SQL is a subset, see docs/logs-insights.md' },
  { member: 'destinationConfiguration', how: 'buckets of this server, of the same account; lookup tables are refused' },
]

export const changed = (query: ScheduledQuery, definition: ScheduledDefinition, now: EpochMillis): ScheduledQuery => ({ ...query, ...definition, updatedAt: now })
