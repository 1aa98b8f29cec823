import type { Tenant } from '../../../base/tenancy.ts'
import { type QueryLanguage, sourceOf } from '../../../engines/insights/compile-query.ts'
import type { LogSearch } from '../../../model/log-query.ts'
import type { LogGroup } from '../../../model/log.ts'
import { invalidParameter } from '../faults.ts'
import type { LogGroupStore } from '../ports.ts'
import { refusedQuery } from './malformed-query.ts'
import type { LogSearcher } from './ports.ts'
import { type NamedGroups, QueryGroups } from './query-groups.ts'

export interface SearchRequest extends NamedGroups {
  readonly tenant: Tenant
  readonly requestId: string
  readonly text: string
  /** CWLI, if left out. */
  readonly language?: QueryLanguage
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  readonly limit: number | undefined
  readonly startedBy: string
}

/** The search that a request asks for, its groups found. Throws AWS's refusals. */
export const searchOf = (store: LogGroupStore, { tenant, requestId, text, language, start, end, limit, startedBy, ...names }: SearchRequest): LogSearch => {
  if (end < start) throw invalidParameter('End time should not be less than start time.')
  const found = new QueryGroups(store, tenant, requestId)
  const source = readSource(text, language)
  const named = found.named(names)
  if (named !== undefined && source !== undefined) {
    throw invalidParameter('Log groups must be specified either in the request or with SOURCE in the query, not in both.')
  }
  const groups = source === undefined ? named : found.of(source)
  if (groups === undefined) throw invalidParameter('Exactly one of logGroupName, logGroupNames or logGroupIdentifiers must be specified.')
  return { tenant, text, groups, groupsOf: inner => found.of(inner), start, end, limit, startedBy }
}

const readSource = (text: string, language: QueryLanguage | undefined) => {
  try {
    return sourceOf(text, language)
  } catch (error) {
    throw refusedQuery(error)
  }
}

/** Throws what is wrong with the query's text, or with it on these groups. */
export const checkSearch = (queries: LogSearcher, search: LogSearch): void => {
  try {
    checkClasses(search.groups, queries.compile(search).commands)
  } catch (error) {
    throw refusedQuery(error)
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html */
const STANDARD_ONLY = ['pattern', 'diff', 'unmask', 'filterIndex'] as const

const checkClasses = (groups: readonly LogGroup[], commands: ReadonlySet<string>): void => {
  if (groups.some(group => group.class === 'DELIVERY')) throw invalidParameter('Log groups of the Delivery class cannot be queried.')
  const cheaper = groups.find(group => group.class !== 'STANDARD')
  if (cheaper === undefined) return
  if (commands.has('select')) throw invalidParameter('Queries in SQL are only supported for log groups of the Standard class.')
  const refused = STANDARD_ONLY.find(command => commands.has(command))
  if (refused !== undefined) throw invalidParameter(`The ${refused} command is not supported for log groups of the ${cheaper.class === 'ESSENTIALS' ? 'Essentials' : 'Infrequent Access'} class.`)
}

/** What policies are asked about: every group that a request reads, those of queries within its query among them. */
export const lookedAt = (store: LogGroupStore, queries: LogSearcher, request: SearchRequest) => {
  const read = new Set<LogGroup>()
  let commands: ReadonlySet<string> = new Set()
  try {
    const search = searchOf(store, request)
    for (const group of search.groups) read.add(group)
    const groupsOf: LogSearch['groupsOf'] = source => {
      const found = search.groupsOf(source)
      for (const group of found) read.add(group)
      return found
    }
    commands = queries.compile({ ...search, groupsOf }).commands
  } catch {
    // What is wrong is told by the run, which then reads nothing.
  }
  const resources = [...read].map(({ arn }) => `${arn}:log-stream:`)
  return { resources: resources.length === 0 ? ['*'] : resources, unmasked: commands.has('unmask') ? resources : [] }
}
