import type { DataSourceFilter, LogGroupClass } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../base/tenancy.ts'
import type { LogGroup } from '../../model/log.ts'
import { list, structure, text } from '../constraints.ts'
import { classFilter } from './class-filter.ts'
import { dataSourceOf, hasDataSource } from './data-source.ts'
import { ACCOUNT_ID, LOG_GROUP_CLASS, NEXT_TOKEN } from './limits.ts'
import type { LogGroupStore, LogTags } from './ports.ts'

/** How both listings of log groups are narrowed. */
export interface ListedGroups {
  readonly logGroupNamePattern?: string | undefined
  readonly logGroupClass?: LogGroupClass | undefined
  readonly accountIdentifiers?: readonly string[] | undefined
  readonly dataSources?: readonly DataSourceFilter[] | undefined
}

export const LISTED_GROUPS = {
  logGroupNamePattern: text({ min: 3, max: 129, pattern: /(\^?[.\-_/#A-Za-z0-9]{3,24})(\|\^?[.\-_/#A-Za-z0-9]{3,24}){0,4}/, patternText: String.raw`(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}` }),
  logGroupClass: LOG_GROUP_CLASS,
  accountIdentifiers: list(ACCOUNT_ID, { max: 20 }),
  dataSources: list(structure({ name: text({ min: 1 }), type: text({ min: 1 }) }, ['name']), { min: 1, max: 5 }),
  nextToken: NEXT_TOKEN,
}

export const LISTED_DIFFERENCES = [
  { member: 'includeLinkedAccounts', how: 'there are no linked accounts: the groups of the caller\'s account alone are shown' },
  { member: 'accountIdentifiers', how: 'there are no linked accounts: only the caller\'s own account has groups to show' },
  { member: 'dataSources', how: 'a group has the data source that its tags `cw:datasource:name` and `cw:datasource:type` name' },
]

export interface TaggedGroup {
  readonly group: LogGroup
  readonly tags: Readonly<Record<string, string>>
}

/** By name. Their tags are only read where they are asked for, or data sources, which are made of them. */
export const listedGroups = async (groups: LogGroupStore, tags: LogTags, tenant: Tenant, input: ListedGroups, withTags: boolean): Promise<readonly TaggedGroup[]> => {
  if ((input.accountIdentifiers?.length ?? 0) > 0 && !input.accountIdentifiers!.includes(tenant.account)) return []
  const classFits = classFilter(input.logGroupClass)
  const nameFits = nameTest(input.logGroupNamePattern)
  const named = groups.list(tenant).filter(group => nameFits(group.name) && classFits(group.class))
  const { dataSources } = input
  const found = withTags || dataSources !== undefined ? await tags.of(tenant, named.map(({ arn }) => arn)) : undefined
  return named
    .map(group => ({ group, tags: found?.get(group.arn) ?? {} }))
    .filter(one => dataSources === undefined || hasDataSource(dataSourceOf(one.tags), dataSources))
}

/** Parts between bars, each anywhere in the name or, behind `^`, at its beginning; in AWS's and our own alphabet nothing else is special. */
const nameTest = (pattern: string | undefined): ((name: string) => boolean) => {
  if (pattern === undefined) return () => true
  const parts = pattern.split('|')
  return name => parts.some(part => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)))
}
