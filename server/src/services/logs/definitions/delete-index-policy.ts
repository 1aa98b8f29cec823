import type { DeleteIndexPolicyCommandInput, DeleteIndexPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogDocumentStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER }, ['logGroupIdentifier'])

export const deleteIndexPolicy = (groups: LogGroupStore, documents: LogDocumentStore) =>
  operation<DeleteIndexPolicyCommandInput, DeleteIndexPolicyResponse>({
    name: 'DeleteIndexPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { id } = groupOf(groups, tenant, input)
      if (!(await documents.delete(tenant, 'index-policy', String(id)))) throw notFound('The specified index policy does not exist.')
      return {}
    },
  })
