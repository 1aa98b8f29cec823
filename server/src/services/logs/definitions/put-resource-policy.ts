import type { PutResourcePolicyCommandInput, PutResourcePolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { LogDocument } from '../../../model/log-document.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { requireAccessPolicy } from '../access-policy.ts'
import { groupNotFound, invalidParameter, limitExceeded } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogDocumentStore } from './ports.ts'
import {
  ACCOUNT_RESOURCE_POLICIES, describedResourcePolicy, readResourcePolicy, RESOURCE_POLICY_DIFFERENCE, resourcePolicyKey, revisionConflict, revisionOf,
} from './resource-policies.ts'

const INPUT = structure(
  { policyName: text({ min: 1, max: 255 }), policyDocument: text({ min: 1, max: 51_200 }), resourceArn: text(), expectedRevisionId: text({ min: 1 }) },
  ['policyDocument'],
)

export const putResourcePolicy = (groups: LogGroupStore, documents: LogDocumentStore) =>
  operation<PutResourcePolicyCommandInput, PutResourcePolicyResponse>({
    name: 'PutResourcePolicy',
    kind: 'write',
    access: 'signed',
    resources: ({ resourceArn }) => [resourceArn ?? '*'],
    differs: [{ member: 'policyDocument', how: RESOURCE_POLICY_DIFFERENCE }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { policyName, resourceArn, expectedRevisionId } = input
      const policyDocument = input.policyDocument!
      requireAccessPolicy(policyDocument)
      const name = resourcePolicyKey(input)
      if (name === undefined) throw invalidParameter('At least one of policyName or resourceArn must be specified.')
      const group = resourceArn === undefined ? undefined : groups.find(tenant, resourceArn)
      if (resourceArn !== undefined && group === undefined) throw groupNotFound()
      const before = await documents.get(tenant, 'resource-policy', name)
      if (resourceArn !== undefined && expectedRevisionId !== (before && revisionOf(before))) throw revisionConflict()
      if (resourceArn === undefined && before === undefined) {
        const others = await documents.list(tenant, 'resource-policy')
        if (others.filter(other => readResourcePolicy(other).resourceArn === undefined).length >= ACCOUNT_RESOURCE_POLICIES) throw limitExceeded()
      }
      const document = JSON.stringify({ policyName, resourceArn, policyDocument })
      const kept: LogDocument = { tenant, kind: 'resource-policy', name, group: group?.id, document, createdAt: before?.createdAt ?? now, updatedAt: now }
      await documents.put(kept)
      const resourcePolicy = describedResourcePolicy(kept)
      return { resourcePolicy, revisionId: resourcePolicy.revisionId }
    },
  })
