import type { PutLogGroupDeletionProtectionCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER, deletionProtectionEnabled: text() }, ['logGroupIdentifier', 'deletionProtectionEnabled'])

export const putLogGroupDeletionProtection = (groups: LogGroupStore) =>
  operation<PutLogGroupDeletionProtectionCommandInput, undefined>({
    name: 'PutLogGroupDeletionProtection',
    kind: 'write',
    access: 'signed',
    resources: ({ logGroupIdentifier }, tenant) => [groupResource(tenant, { logGroupIdentifier })],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { id } = groupOf(groups, tenant, { logGroupIdentifier: input.logGroupIdentifier })
      const deletionProtected = input.deletionProtectionEnabled === true
      if ((await groups.update(id, group => ({ ...group, deletionProtected }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
