import type { GetScheduledQueryCommandInput, GetScheduledQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import type { ScheduledQueryStore } from './ports.ts'
import { SCHEDULED_QUERY_IDENTIFIER } from './scheduled-query-input.ts'
import { scheduledQueryOf, scheduledQueryView, SHOWN_DIFFERENCES } from './scheduled-query-view.ts'

const INPUT = structure({ identifier: SCHEDULED_QUERY_IDENTIFIER }, ['identifier'])

export const getScheduledQuery = (store: ScheduledQueryStore) =>
  operation<GetScheduledQueryCommandInput, GetScheduledQueryResponse>({
    name: 'GetScheduledQuery',
    kind: 'read',
    access: 'signed',
    resources: input => [input.identifier?.startsWith('arn:') === true ? input.identifier : '*'],
    differs: [...SHOWN_DIFFERENCES, { member: 'scheduleType', how: 'absent: every query is its owner\'s' }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      return scheduledQueryView(await scheduledQueryOf(store, tenant, input.identifier!))
    },
  })
