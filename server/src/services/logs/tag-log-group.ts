import type { TagLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore, LogTags } from './ports.ts'
import { checkTagCount, checkTags } from './tags.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, tags: text() }, ['logGroupName', 'tags'])

/** TagResource's predecessor. */
export const tagLogGroup = (groups: LogGroupStore, tags: LogTags) =>
  operation<TagLogGroupCommandInput, undefined>({
    name: 'TagLogGroup',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, { logGroupName: input.logGroupName })],
    async run(input, { tenant }) {
      check(INPUT, input)
      const added = checkTags(input.tags)
      const { arn } = groupOf(groups, tenant, { logGroupName: input.logGroupName })
      checkTagCount(await tags.get(tenant, arn), added, () => invalidParameter('The resource has too many tags.'))
      await tags.put(tenant, arn, added)
      return undefined
    },
  })
