import type { DeleteQueryDefinitionCommandInput, DeleteQueryDefinitionResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { check } from '../limits.ts'
import type { QueryDefinitionStore } from './ports.ts'

const INPUT = structure({ queryDefinitionId: text({ min: 1, max: 256 }) }, ['queryDefinitionId'])

export const deleteQueryDefinition = (definitions: QueryDefinitionStore) =>
  operation<DeleteQueryDefinitionCommandInput, DeleteQueryDefinitionResponse>({
    name: 'DeleteQueryDefinition',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      if (!(await definitions.delete(tenant, input.queryDefinitionId!))) throw notFound('The specified query definition does not exist.')
      return { success: true }
    },
  })
