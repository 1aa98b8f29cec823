import type { ListLogGroupsCommandInput, ListLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import { integer, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { check } from './limits.ts'
import { LISTED_DIFFERENCES, LISTED_GROUPS, listedGroups } from './listed-groups.ts'
import { pageByName } from './name-page.ts'
import type { LogGroupStore, LogTags } from './ports.ts'
import { tagFilter } from './tag-filter.ts'
import { TAG_KEY } from './tags.ts'

const DEFAULT_LIMIT = 50
const TAG_VALUE = text({ max: 259, pattern: /!?\*?[\p{L}\p{Z}\p{N}_.:/=+\-@]*\*?/u, patternText: String.raw`^!?\*?([\p{L}\p{Z}\p{N}_.:/=+\-@]*)\*?$` })
const INPUT = structure({
  ...LISTED_GROUPS,
  fieldIndexNames: list(text({ min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/, patternText: String.raw`[\.\-_/#A-Za-z0-9]+` }), { min: 1, max: 20 }),
  limit: integer({ min: 1, max: 1000 }),
  logGroupTags: list(structure({ key: TAG_KEY, values: list(TAG_VALUE, { max: 5 }) }, ['key']), { min: 1, max: 5 }),
})

export const listLogGroups = (groups: LogGroupStore, tags: LogTags) =>
  operation<ListLogGroupsCommandInput, ListLogGroupsResponse>({
    name: 'ListLogGroups',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    differs: [...LISTED_DIFFERENCES, { member: 'fieldIndexNames', how: 'every field that is found is indexed, so it leaves no group out' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const tagsFit = tagFilter(input.logGroupTags)
      const listed = await listedGroups(groups, tags, tenant, input, tagsFit !== undefined)
      const found = listed.filter(one => tagsFit === undefined || tagsFit(one.tags)).map(({ group }) => group)
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DEFAULT_LIMIT)
      return { logGroups: items.map(({ name, arn, class: logGroupClass }) => ({ logGroupName: name, logGroupArn: arn, logGroupClass })), nextToken }
    },
  })
