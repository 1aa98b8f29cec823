import type { PutDataProtectionPolicyCommandInput, PutDataProtectionPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { standardOnly } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogProtectionStore } from './ports.ts'
import { checkedProtection, PROTECTION_DIFFERENCE } from './protection-document.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER, policyDocument: text() }, ['logGroupIdentifier', 'policyDocument'])

export const putDataProtectionPolicy = (groups: LogGroupStore, protections: LogProtectionStore) =>
  operation<PutDataProtectionPolicyCommandInput, PutDataProtectionPolicyResponse>({
    name: 'PutDataProtectionPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [{ member: 'policyDocument', how: PROTECTION_DIFFERENCE }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (group.class !== 'STANDARD') throw standardOnly()
      const document = input.policyDocument!
      checkedProtection(groups, tenant, document)
      await protections.put({ tenant, group: group.id, name: '', document, since: now })
      return { logGroupIdentifier: input.logGroupIdentifier, policyDocument: document, lastUpdatedTime: now }
    },
  })
