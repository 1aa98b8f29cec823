import type {
  DescribeSubscriptionFiltersCommandInput, DescribeSubscriptionFiltersResponse, SubscriptionFilter,
} from '@aws-sdk/client-cloudwatch-logs'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { DESCRIBE_LIMIT, FILTER_NAME, PAGE_SIZE } from './filter-rules.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME, NEXT_TOKEN } from './limits.ts'
import { pageByName } from './name-page.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, filterNamePrefix: FILTER_NAME, nextToken: NEXT_TOKEN, limit: PAGE_SIZE }, ['logGroupName'])

export const describeSubscriptionFilters = (groups: LogGroupStore, filters: Pick<LogFilterStore<LogSubscriptionFilter>, 'of'>) =>
  operation<DescribeSubscriptionFiltersCommandInput, DescribeSubscriptionFiltersResponse>({
    name: 'DescribeSubscriptionFilters',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, { logGroupName: input.logGroupName })
      const found = filters.of(group.id).filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ''))
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DESCRIBE_LIMIT)
      return { subscriptionFilters: items.map(filter => shown(group.name, filter)), nextToken }
    },
  })

const shown = (logGroupName: string, filter: LogSubscriptionFilter): SubscriptionFilter => ({
  filterName: filter.name,
  logGroupName,
  filterPattern: filter.pattern,
  destinationArn: filter.destinationArn,
  roleArn: filter.roleArn,
  distribution: filter.distribution,
  applyOnTransformedLogs: filter.onTransformedLogs,
  creationTime: filter.createdAt,
  fieldSelectionCriteria: filter.selectionCriteria,
  emitSystemFields: filter.systemFields && [...filter.systemFields],
})
