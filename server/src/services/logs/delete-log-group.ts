import type { DeleteLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { deletionProtected } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME }, ['logGroupName'])

export const deleteLogGroup = (groups: LogGroupStore) =>
  operation<DeleteLogGroupCommandInput, undefined>({
    name: 'DeleteLogGroup',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (group.deletionProtected) throw deletionProtected()
      await groups.delete(group.id)
      return undefined
    },
  })
