import type { DescribeMetricFiltersCommandInput, DescribeMetricFiltersResponse, MetricFilter } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import type { LogMetricFilter, MetricTransformation } from '../../model/log-filter.ts'
import type { LogGroup } from '../../model/log.ts'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import { DESCRIBE_LIMIT, FILTER_NAME, filteredGroup, METRIC_NAME, METRIC_NAMESPACE, PAGE_SIZE } from './filter-rules.ts'
import { groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME, NEXT_TOKEN } from './limits.ts'
import { pageByName } from './name-page.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'

const INPUT = structure({
  logGroupName: LOG_GROUP_NAME,
  filterNamePrefix: FILTER_NAME,
  nextToken: NEXT_TOKEN,
  limit: PAGE_SIZE,
  metricName: METRIC_NAME,
  metricNamespace: METRIC_NAMESPACE,
})

export const describeMetricFilters = (groups: LogGroupStore, filters: Pick<LogFilterStore<LogMetricFilter>, 'of'>) =>
  operation<DescribeMetricFiltersCommandInput, DescribeMetricFiltersResponse>({
    name: 'DescribeMetricFilters',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [input.logGroupName === undefined ? `${logGroupArn(tenant, '')}:log-stream:` : groupResource(tenant, input)],
    run(input, { tenant }) {
      check(INPUT, input)
      const { logGroupName, metricName, metricNamespace } = input
      if (metricName !== undefined && metricNamespace === undefined) {
        throw invalidParameter('If you include the metricName parameter in your request, you must also include the metricNamespace parameter.')
      }
      if (metricNamespace !== undefined && metricName === undefined) {
        throw invalidParameter('If you include the metricNamespace parameter in your request, you must also include the metricName parameter.')
      }
      const listed = logGroupName === undefined ? groups.list(tenant) : [filteredGroup(groups, tenant, logGroupName)]
      // AWS looks at the prefix only where a group is named.
      const prefix = logGroupName === undefined ? '' : (input.filterNamePrefix ?? '')
      const found = listed.flatMap(group => filters.of(group.id).filter(filter => fits(filter, prefix, metricName, metricNamespace)).map(filter => entry(group, filter)))
      found.sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DESCRIBE_LIMIT)
      return { metricFilters: items.map(({ shown }) => shown), nextToken }
    },
  })

const fits = ({ name, transformation }: LogMetricFilter, prefix: string, metricName: string | undefined, metricNamespace: string | undefined): boolean =>
  name.startsWith(prefix) &&
  (metricName === undefined || (transformation.metricName === metricName && transformation.metricNamespace === metricNamespace))

/** Documented: by the filters' names. No group's name holds a U+0000. */
const entry = (group: LogGroup, filter: LogMetricFilter) => ({ name: `${filter.name}\u0000${group.name}`, shown: shown(group, filter) })

const shown = (group: LogGroup, filter: LogMetricFilter): MetricFilter => ({
  filterName: filter.name,
  filterPattern: filter.pattern,
  metricTransformations: [shownTransformation(filter.transformation)],
  creationTime: filter.createdAt,
  logGroupName: group.name,
  applyOnTransformedLogs: filter.onTransformedLogs,
  fieldSelectionCriteria: filter.selectionCriteria,
  emitSystemFieldDimensions: filter.systemDimensions && [...filter.systemDimensions],
})

const shownTransformation = ({ metricName, metricNamespace, metricValue, defaultValue, dimensions, unit }: MetricTransformation) => ({
  metricName,
  metricNamespace,
  metricValue,
  defaultValue,
  dimensions: dimensions && { ...dimensions },
  unit,
})
