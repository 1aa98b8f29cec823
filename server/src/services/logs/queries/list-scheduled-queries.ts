import type { ListScheduledQueriesCommandInput, ListScheduledQueriesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { scheduledQueryArn } from '../../../base/arn.ts'
import { integer, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { NEXT_TOKEN, validate } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import type { ScheduledQueryStore } from './ports.ts'
import { SCHEDULED_QUERY_STATE } from './scheduled-query-input.ts'
import { destinationView, SHOWN_DIFFERENCES } from './scheduled-query-view.ts'

const DEFAULT_RESULTS = 50
const INPUT = structure({ maxResults: integer({ min: 1, max: 1000 }), nextToken: NEXT_TOKEN, state: SCHEDULED_QUERY_STATE })

export const listScheduledQueries = (store: ScheduledQueryStore) =>
  operation<ListScheduledQueriesCommandInput, ListScheduledQueriesResponse>({
    name: 'ListScheduledQueries',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [scheduledQueryArn(tenant, '*')],
    differs: [
      { member: 'scheduleType', how: 'all are listed: every query is its owner\'s' },
      { member: 'scheduledQueries.scheduleType', how: 'absent: every query is its owner\'s' },
      ...SHOWN_DIFFERENCES.map(({ member, how }) => ({ member: `scheduledQueries.${member}`, how })),
    ],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const found = (await store.list(tenant)).filter(({ enabled }) => input.state === undefined || enabled === (input.state === 'ENABLED'))
      const { items, nextToken } = pageByName(found, input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      const scheduledQueries = items.map(query => ({
        scheduledQueryArn: query.arn,
        name: query.name,
        state: query.enabled ? ('ENABLED' as const) : ('DISABLED' as const),
        lastTriggeredTime: query.triggeredAt,
        lastExecutionStatus: query.lastStatus,
        scheduleExpression: query.schedule,
        timezone: query.timezone,
        destinationConfiguration: destinationView(query),
        creationTime: query.createdAt,
        lastUpdatedTime: query.updatedAt,
      }))
      return { scheduledQueries, nextToken }
    },
  })
