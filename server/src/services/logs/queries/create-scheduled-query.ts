import type { CreateScheduledQueryCommandInput, CreateScheduledQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { scheduledQueryArn } from '../../../base/arn.ts'
import type { Entropy } from '../../../base/entropy.ts'
import { Fault } from '../../../wire/fault.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import { checkTags } from '../tags.ts'
import type { LogSearcher, ScheduledQueryStore } from './ports.ts'
import {
  definitionOf, queryPermissions, SCHEDULED_DIFFERENCES, SCHEDULED_QUERY_LIMITS, SCHEDULED_QUERY_NAME, SCHEDULED_QUERY_REQUIRED,
} from './scheduled-query-input.ts'

const MAX_QUERIES = 1000
const INPUT = structure({ name: SCHEDULED_QUERY_NAME, ...SCHEDULED_QUERY_LIMITS }, ['name', ...SCHEDULED_QUERY_REQUIRED])

export const createScheduledQuery = (store: ScheduledQueryStore, groups: LogGroupStore, searcher: LogSearcher, entropy: Entropy) =>
  operation<CreateScheduledQueryCommandInput, CreateScheduledQueryResponse>({
    name: 'CreateScheduledQuery',
    kind: 'write',
    access: 'signed',
    resources: (_, tenant) => [scheduledQueryArn(tenant, '*')],
    also: (input, tenant) => queryPermissions(groups, searcher, tenant, input),
    tagged: ({ tags }, tenant) => (tags === undefined ? undefined : scheduledQueryArn(tenant, '*')),
    differs: SCHEDULED_DIFFERENCES,
    async run(input, { tenant, now }) {
      validate(INPUT, input)
      const tags = checkTags(input.tags, 'ValidationException')
      const definition = definitionOf(groups, searcher, tenant, input)
      const known = await store.list(tenant)
      if (known.some(({ name }) => name === input.name)) throw new Fault('ConflictException', 'A scheduled query of that name already exists.')
      if (known.length >= MAX_QUERIES) throw new Fault('ServiceQuotaExceededException', 'Resource limit exceeded.')
      const id = entropy.uuid()
      const arn = scheduledQueryArn(tenant, id)
      const query = { ...definition, tenant, id, arn, name: input.name!, createdAt: now, updatedAt: now, triggeredAt: undefined, lastStatus: undefined }
      await store.create(query, tags)
      return { scheduledQueryArn: arn, state: definition.enabled ? 'ENABLED' : 'DISABLED' }
    },
  })
