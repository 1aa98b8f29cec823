import type { DeleteTransformerCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogTransformerStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER }, ['logGroupIdentifier'])

export const deleteTransformer = (groups: LogGroupStore, transformers: LogTransformerStore) =>
  operation<DeleteTransformerCommandInput, undefined>({
    name: 'DeleteTransformer',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      if (!(await transformers.delete(groupOf(groups, tenant, input)))) throw notFound('The specified transformer does not exist.')
      return undefined
    },
  })
