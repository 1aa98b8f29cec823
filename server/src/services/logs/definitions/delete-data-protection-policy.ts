import type { DeleteDataProtectionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogProtectionStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER }, ['logGroupIdentifier'])

export const deleteDataProtectionPolicy = (groups: LogGroupStore, protections: LogProtectionStore) =>
  operation<DeleteDataProtectionPolicyCommandInput, undefined>({
    name: 'DeleteDataProtectionPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (!(await protections.end(tenant, group.id, now))) throw notFound('The specified data protection policy does not exist.')
      return undefined
    },
  })
