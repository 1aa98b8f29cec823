import type { DeleteRetentionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME }, ['logGroupName'])

/** From then on nothing of the group expires. */
export const deleteRetentionPolicy = (groups: LogGroupStore) =>
  operation<DeleteRetentionPolicyCommandInput, undefined>({
    name: 'DeleteRetentionPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { id } = groupOf(groups, tenant, input)
      if ((await groups.update(id, group => ({ ...group, retentionDays: undefined }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
