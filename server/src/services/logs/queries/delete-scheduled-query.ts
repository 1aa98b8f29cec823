import type { DeleteScheduledQueryCommandInput, DeleteScheduledQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import type { ScheduledQueryStore } from './ports.ts'
import { SCHEDULED_QUERY_IDENTIFIER } from './scheduled-query-input.ts'
import { scheduledQueryOf } from './scheduled-query-view.ts'

const INPUT = structure({ identifier: SCHEDULED_QUERY_IDENTIFIER }, ['identifier'])

export const deleteScheduledQuery = (store: ScheduledQueryStore) =>
  operation<DeleteScheduledQueryCommandInput, DeleteScheduledQueryResponse>({
    name: 'DeleteScheduledQuery',
    kind: 'write',
    access: 'signed',
    resources: input => [input.identifier?.startsWith('arn:') === true ? input.identifier : '*'],
    async run(input, { tenant }) {
      validate(INPUT, input)
      await store.delete(await scheduledQueryOf(store, tenant, input.identifier!))
      return {}
    },
  })
