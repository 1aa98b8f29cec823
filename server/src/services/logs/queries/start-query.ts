import type { StartQueryCommandInput, StartQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import { principalArn } from '../../../model/principal.ts'
import { Fault } from '../../../wire/fault.ts'
import { integer, list, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter } from '../faults.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_GROUP_NAME, LOG_GROUP_PREFIX, TIMESTAMP } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogSearcher } from './ports.ts'
import { checkSearch, lookedAt, searchOf, type SearchRequest } from './search-request.ts'

const MAX_GROUPS = 50
const INPUT = structure(
  {
    logGroupName: LOG_GROUP_NAME,
    logGroupNames: list(LOG_GROUP_PREFIX, { max: MAX_GROUPS }),
    logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { max: MAX_GROUPS }),
    startTime: TIMESTAMP,
    endTime: TIMESTAMP,
    queryString: text({ max: 10_000 }),
    limit: integer({ min: 1, max: 100_000 }),
    queryLanguage: oneOf(['CWLI', 'SQL', 'PPL']),
  },
  ['startTime', 'endTime', 'queryString'],
)

export const startQuery = (groups: LogGroupStore, queries: LogSearcher) => {
  const looked = new WeakMap<StartQueryCommandInput, ReturnType<typeof lookedAt>>()
  /** Asked twice for every call, and it reads the whole query. */
  const look = (input: StartQueryCommandInput, tenant: Tenant): ReturnType<typeof lookedAt> => {
    const found = looked.get(input) ?? lookedAt(groups, queries, requestOf(input, tenant))
    looked.set(input, found)
    return found
  }
  return operation<StartQueryCommandInput, StartQueryResponse>({
    name: 'StartQuery',
    kind: 'read',
    audited: () => true,
    access: 'signed',
    resources: (input, tenant) => look(input, tenant).resources,
    also: (input, tenant) => look(input, tenant).unmasked.map(resource => ({ permission: 'Unmask', resource })),
    differs: [{ member: 'queryLanguage', how: 'PPL is refused; SQL is a subset, see docs/logs-insights.md' }],
    async run(input, { tenant, requestId, principal }) {
      check(INPUT, input)
      if (input.queryLanguage === 'PPL') throw invalidParameter('The query language PPL is not supported.')
      const search = searchOf(groups, { ...requestOf(input, tenant), requestId, startedBy: principalArn(principal) })
      checkSearch(queries, search)
      const query = await queries.start(search)
      if (query === undefined) throw new Fault('LimitExceededException', 'Account maximum query concurrency limit of [100] reached.')
      return { queryId: query.id }
    },
  })
}

const requestOf = (input: StartQueryCommandInput, tenant: Tenant): SearchRequest => {
  const { logGroupName, logGroupNames, logGroupIdentifiers, startTime = 0, endTime = 0, queryString = '', limit } = input
  const names = { logGroupName, logGroupNames, logGroupIdentifiers }
  const language = input.queryLanguage === 'SQL' ? 'SQL' : 'CWLI'
  return { ...names, tenant, requestId: '', text: queryString, language, start: firstMilli(startTime), end: lastMilli(endTime), limit, startedBy: '' }
}

/** Times are seconds; whoever sends milliseconds means them. */
const MILLIS_FROM = 100_000_000_000
const firstMilli = (time: number): number => (time < MILLIS_FROM ? time * 1000 : time)
const lastMilli = (time: number): number => (time < MILLIS_FROM ? time * 1000 + 999 : time)
