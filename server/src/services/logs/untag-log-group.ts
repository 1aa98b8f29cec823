import type { UntagLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { list, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore, LogTags } from './ports.ts'
import { TAG_KEY } from './tags.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, tags: list(TAG_KEY, { min: 1 }) }, ['logGroupName', 'tags'])

/** UntagResource's predecessor. */
export const untagLogGroup = (groups: LogGroupStore, tags: LogTags) =>
  operation<UntagLogGroupCommandInput, undefined>({
    name: 'UntagLogGroup',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, { logGroupName: input.logGroupName })],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { arn } = groupOf(groups, tenant, { logGroupName: input.logGroupName })
      await tags.remove(tenant, arn, input.tags!)
      return undefined
    },
  })
