import type { GetDataProtectionPolicyCommandInput, GetDataProtectionPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogProtectionStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER }, ['logGroupIdentifier'])

/** Of a group without a policy, AWS answers its identifier alone. */
export const getDataProtectionPolicy = (groups: LogGroupStore, protections: LogProtectionStore) =>
  operation<GetDataProtectionPolicyCommandInput, GetDataProtectionPolicyResponse>({
    name: 'GetDataProtectionPolicy',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    run(input, { tenant }) {
      check(INPUT, input)
      const policy = protections.find(tenant, groupOf(groups, tenant, input).id)
      const { logGroupIdentifier } = input
      return policy === undefined ? { logGroupIdentifier } : { logGroupIdentifier, policyDocument: policy.document, lastUpdatedTime: policy.since }
    },
  })
