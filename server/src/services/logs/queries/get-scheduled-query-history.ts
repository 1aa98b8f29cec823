import type { GetScheduledQueryHistoryCommandInput, GetScheduledQueryHistoryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { integer, list, oneOf, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { NEXT_TOKEN, TIMESTAMP, validate } from '../limits.ts'
import { pageFrom } from './offset-page.ts'
import type { ScheduledQueryStore } from './ports.ts'
import { SCHEDULED_QUERY_IDENTIFIER } from './scheduled-query-input.ts'
import { scheduledQueryOf } from './scheduled-query-view.ts'

const DEFAULT_RESULTS = 100
const INPUT = structure(
  {
    identifier: SCHEDULED_QUERY_IDENTIFIER, startTime: TIMESTAMP, endTime: TIMESTAMP, nextToken: NEXT_TOKEN, maxResults: integer({ min: 1, max: 1000 }),
    executionStatuses: list(oneOf(['Running', 'InvalidQuery', 'Complete', 'Failed', 'Timeout'])),
  },
  ['identifier', 'startTime', 'endTime'],
)

export const getScheduledQueryHistory = (store: ScheduledQueryStore) =>
  operation<GetScheduledQueryHistoryCommandInput, GetScheduledQueryHistoryResponse>({
    name: 'GetScheduledQueryHistory',
    kind: 'read',
    access: 'signed',
    resources: input => [input.identifier?.startsWith('arn:') === true ? input.identifier : '*'],
    differs: [{ member: 'triggerHistory', how: 'the last thousand runs that are over' }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const { id, name, arn } = await scheduledQueryOf(store, tenant, input.identifier!)
      const wanted = input.executionStatuses
      const all = await store.runs(id, millisOf(input.startTime!), millisOf(input.endTime!))
      const { items, nextToken } = pageFrom(all.filter(({ status }) => wanted === undefined || wanted.includes(status)), input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      const triggerHistory = items.map(({ at, queryId, status, reason, delivery }) => ({
        queryId,
        executionStatus: status,
        triggeredTimestamp: at,
        errorMessage: reason,
        destinations: delivery && [{
          destinationType: 'S3' as const, destinationIdentifier: delivery.uri, status: delivery.status, processedIdentifier: delivery.written, errorMessage: delivery.reason,
        }],
      }))
      return { name, scheduledQueryArn: arn, triggerHistory, nextToken }
    },
  })

/** Seconds, or milliseconds where they are sent. */
const millisOf = (time: number): number => (time < 100_000_000_000 ? time * 1000 : time)
