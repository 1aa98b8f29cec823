import type { PutMetricFilterCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { readTransformation, TransformationProblem } from '../../engines/metric-filters/transformation.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import type { LogMetricFilter, LogSubscriptionFilter, MetricTransformation } from '../../model/log-filter.ts'
import { UNITS } from '../../model/metric.ts'
import { list, oneOf, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound, invalidParameter } from './faults.ts'
import { checkCriteria, checkRoom, FILTER_NAME, FILTER_PATTERN, filteredGroup, METRIC_NAME, METRIC_NAMESPACE, readPattern, SELECTION_CRITERIA } from './filter-rules.ts'
import { groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'

/** Of a log group. */
const METRIC_FILTERS = 100

const TRANSFORMATION = structure(
  { metricName: METRIC_NAME, metricNamespace: METRIC_NAMESPACE, metricValue: text({ max: 100 }), unit: oneOf(UNITS) },
  ['metricName', 'metricNamespace', 'metricValue'],
  { name: 'MetricTransformation', members: ['metricName', 'metricNamespace', 'metricValue', 'defaultValue', 'unit', 'dimensions'] },
)
const INPUT = structure(
  {
    logGroupName: LOG_GROUP_NAME,
    filterName: FILTER_NAME,
    filterPattern: FILTER_PATTERN,
    metricTransformations: list(TRANSFORMATION, { min: 1, max: 1 }),
    fieldSelectionCriteria: SELECTION_CRITERIA,
  },
  ['logGroupName', 'filterName', 'filterPattern', 'metricTransformations'],
)

interface Parts {
  readonly groups: LogGroupStore
  readonly metricFilters: LogFilterStore<LogMetricFilter>
  readonly subscriptionFilters: LogFilterStore<LogSubscriptionFilter>
}

export const putMetricFilter = ({ groups, metricFilters, subscriptionFilters }: Parts) =>
  operation<PutMetricFilterCommandInput, undefined>({
    name: 'PutMetricFilter',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [{ member: 'applyOnTransformedLogs', how: 'an event that the transformer cannot read is seen as it came' }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = filteredGroup(groups, tenant, input.logGroupName)
      const pattern = readPattern(input.filterPattern!, 'metric filter')
      const transformation = readMetricTransformation(input, pattern)
      checkCriteria(input.fieldSelectionCriteria)
      await metricFilters.change(group.id, filters => {
        if (groups.byId(group.id) === undefined) throw groupNotFound()
        const filter: LogMetricFilter = {
          group: group.id,
          name: input.filterName!,
          pattern: input.filterPattern!,
          createdAt: filters.find(({ name }) => name === input.filterName)?.createdAt ?? now,
          changedAt: now,
          onTransformedLogs: input.applyOnTransformedLogs === true,
          selectionCriteria: input.fieldSelectionCriteria,
          transformation,
          systemDimensions: input.emitSystemFieldDimensions,
          disabledAt: undefined,
        }
        checkRoom(filter, pattern, filters, METRIC_FILTERS, subscriptionFilters)
        return filter
      })
      return undefined
    },
  })

const readMetricTransformation = ({ metricTransformations, emitSystemFieldDimensions }: PutMetricFilterCommandInput, pattern: FilterPattern): MetricTransformation => {
  const given = metricTransformations![0]!
  try {
    readTransformation(given, pattern, emitSystemFieldDimensions)
  } catch (error) {
    if (error instanceof TransformationProblem) throw invalidParameter(error.message)
    throw error
  }
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions, unit } = given
  return {
    metricName: metricName!,
    metricNamespace: metricNamespace!,
    metricValue: metricValue!,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(unit === undefined ? {} : { unit }),
  }
}
