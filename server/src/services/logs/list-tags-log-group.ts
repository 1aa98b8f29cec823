import type { ListTagsLogGroupCommandInput, ListTagsLogGroupResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore, LogTags } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME }, ['logGroupName'])

/** ListTagsForResource's predecessor. */
export const listTagsLogGroup = (groups: LogGroupStore, tags: LogTags) =>
  operation<ListTagsLogGroupCommandInput, ListTagsLogGroupResponse>({
    name: 'ListTagsLogGroup',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      return { tags: { ...(await tags.get(tenant, groupOf(groups, tenant, input).arn)) } }
    },
  })
