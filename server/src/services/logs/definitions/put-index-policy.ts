import type { PutIndexPolicyCommandInput, PutIndexPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { standardOnly } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import { checkIndexDocument } from './index-document.ts'
import { INDEX_DIFFERENCE } from './index-policies.ts'
import type { LogDocumentStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER, policyDocument: text({ min: 1, max: 51_200 }) }, ['logGroupIdentifier', 'policyDocument'])

export const putIndexPolicy = (groups: LogGroupStore, documents: LogDocumentStore) =>
  operation<PutIndexPolicyCommandInput, PutIndexPolicyResponse>({
    name: 'PutIndexPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [
      { member: 'policyDocument', how: INDEX_DIFFERENCE },
      { member: 'indexPolicy.policyName', how: 'never answered: policies of log groups have no names' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (group.class !== 'STANDARD') throw standardOnly()
      const document = input.policyDocument!
      checkIndexDocument(document)
      await documents.put({ tenant, kind: 'index-policy', name: String(group.id), group: group.id, document, createdAt: now, updatedAt: now })
      return { indexPolicy: { logGroupIdentifier: group.arn, lastUpdateTime: now, policyDocument: document, source: 'LOG_GROUP' } }
    },
  })
