import type { UpdateScheduledQueryCommandInput, UpdateScheduledQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogSearcher, ScheduledQueryStore } from './ports.ts'
import {
  changed, definitionOf, queryPermissions, SCHEDULED_DIFFERENCES, SCHEDULED_QUERY_IDENTIFIER, SCHEDULED_QUERY_LIMITS, SCHEDULED_QUERY_REQUIRED,
} from './scheduled-query-input.ts'
import { scheduledQueryOf, scheduledQueryView } from './scheduled-query-view.ts'

const INPUT = structure({ identifier: SCHEDULED_QUERY_IDENTIFIER, ...SCHEDULED_QUERY_LIMITS }, ['identifier', ...SCHEDULED_QUERY_REQUIRED])

export const updateScheduledQuery = (store: ScheduledQueryStore, groups: LogGroupStore, searcher: LogSearcher) =>
  operation<UpdateScheduledQueryCommandInput, UpdateScheduledQueryResponse>({
    name: 'UpdateScheduledQuery',
    kind: 'write',
    access: 'signed',
    resources: input => [input.identifier?.startsWith('arn:') === true ? input.identifier : '*'],
    also: (input, tenant) => queryPermissions(groups, searcher, tenant, input),
    differs: [...SCHEDULED_DIFFERENCES, { member: 'scheduleType', how: 'absent: every query is its owner\'s' }],
    async run(input, { tenant, now }) {
      validate(INPUT, input)
      const query = changed(await scheduledQueryOf(store, tenant, input.identifier!), definitionOf(groups, searcher, tenant, input), now)
      await store.update(query)
      return scheduledQueryView(query)
    },
  })
