import type { DeleteSubscriptionFilterCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { notFound } from './faults.ts'
import { FILTER_NAME } from './filter-rules.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, filterName: FILTER_NAME }, ['logGroupName', 'filterName'])

export const deleteSubscriptionFilter = (groups: LogGroupStore, filters: LogFilterStore<LogSubscriptionFilter>) =>
  operation<DeleteSubscriptionFilterCommandInput, undefined>({
    name: 'DeleteSubscriptionFilter',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, { logGroupName: input.logGroupName })
      if (!(await filters.delete(group.id, input.filterName!))) throw notFound('The specified subscription filter does not exist.')
      return undefined
    },
  })
