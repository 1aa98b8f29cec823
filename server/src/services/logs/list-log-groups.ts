import type { ListLogGroupsCommandInput, ListLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import { integer, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { ACCOUNT_ID, check, LOG_GROUP_CLASS, NEXT_TOKEN } from './limits.ts'
import { pageByName } from './name-page.ts'
import type { LogGroupStore, LogTags } from './ports.ts'
import { tagFilter } from './tag-filter.ts'
import { TAG_KEY } from './tags.ts'

const DEFAULT_LIMIT = 50
const INPUT = structure({
  logGroupNamePattern: text({ min: 3, max: 129, pattern: /(\^?[.\-_/#A-Za-z0-9]{3,24})(\|\^?[.\-_/#A-Za-z0-9]{3,24}){0,4}/, patternText: String.raw`(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}` }),
  logGroupClass: LOG_GROUP_CLASS,
  accountIdentifiers: list(ACCOUNT_ID, { max: 20 }),
  dataSources: list(structure({ name: text({ min: 1 }), type: text({ min: 1 }) }, ['name']), { min: 1, max: 5 }),
  fieldIndexNames: list(text({ min: 1, max: 512 }), { min: 1, max: 20 }),
  nextToken: NEXT_TOKEN,
  limit: integer({ min: 1, max: 1000 }),
  logGroupTags: list(
    structure({ key: TAG_KEY, values: list(text({ max: 259 }), { max: 5 }) }, ['key']),
    { min: 1, max: 5 },
  ),
})

export const listLogGroups = (groups: LogGroupStore, tags: LogTags) =>
  operation<ListLogGroupsCommandInput, ListLogGroupsResponse>({
    name: 'ListLogGroups',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    differs: [
      { member: 'includeLinkedAccounts', how: 'there are no linked accounts: the groups of the caller\'s account alone are shown' },
      { member: 'accountIdentifiers', how: 'there are no linked accounts: only the caller\'s own account has groups to show' },
      { member: 'dataSources', how: 'no group has a data source: with it, none is shown' },
      { member: 'fieldIndexNames', how: 'every field that is found is indexed, so it leaves no group out' },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      const foreign = (input.accountIdentifiers?.length ?? 0) > 0 && !input.accountIdentifiers!.includes(tenant.account)
      const nameFits = nameTest(input.logGroupNamePattern)
      const named = groups.list(tenant).filter(
        group => !foreign && input.dataSources === undefined && nameFits(group.name) && (input.logGroupClass === undefined || group.class === input.logGroupClass),
      )
      const tagsFit = tagFilter(input.logGroupTags)
      const tagged = tagsFit === undefined ? undefined : await tags.of(tenant, named.map(({ arn }) => arn))
      const found = named.filter(({ arn }) => tagsFit === undefined || tagsFit(tagged?.get(arn) ?? {}))
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DEFAULT_LIMIT)
      return { logGroups: items.map(({ name, arn, class: logGroupClass }) => ({ logGroupName: name, logGroupArn: arn, logGroupClass })), nextToken }
    },
  })

/** Parts between bars, each anywhere in the name or, behind `^`, at its beginning; in AWS's and our own alphabet nothing else is special. */
const nameTest = (pattern: string | undefined): ((name: string) => boolean) => {
  if (pattern === undefined) return () => true
  const parts = pattern.split('|')
  return name => parts.some(part => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)))
}
