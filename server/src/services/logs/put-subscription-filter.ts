import type { PutSubscriptionFilterCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import { oneOf, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { checkCriteria, checkRoom, FILTER_NAME, FILTER_PATTERN, filteredGroup, readPattern, SELECTION_CRITERIA } from './filter-rules.ts'
import { groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'
import { checkForm, checkThere, type DestinationParts } from './subscription-destination.ts'

/** Of a log group. */
const SUBSCRIPTION_FILTERS = 2

const INPUT = structure(
  {
    logGroupName: LOG_GROUP_NAME,
    filterName: FILTER_NAME,
    filterPattern: FILTER_PATTERN,
    destinationArn: text({ min: 1 }),
    roleArn: text({ min: 1 }),
    distribution: oneOf(['Random', 'ByLogStream']),
    fieldSelectionCriteria: SELECTION_CRITERIA,
  },
  ['logGroupName', 'filterName', 'filterPattern', 'destinationArn'],
)

interface Parts extends DestinationParts {
  readonly groups: LogGroupStore
  readonly metricFilters: LogFilterStore<LogMetricFilter>
  readonly subscriptionFilters: LogFilterStore<LogSubscriptionFilter>
}

export const putSubscriptionFilter = ({ groups, metricFilters, subscriptionFilters, ...destinations }: Parts) =>
  operation<PutSubscriptionFilterCommandInput, undefined>({
    name: 'PutSubscriptionFilter',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [
      {
        member: 'destinationArn',
        how:
          'besides AWS\'s destinations an SNS topic, an http or https address or a Systems Manager document; what is sent to Lambda, Kinesis, Firehose and ' +
          'documents ends as a failed delivery that says so, since they do not live here',
      },
      { member: 'roleArn', how: 'asked for as AWS does, recorded and shown; nothing is assumed' },
      { member: 'distribution', how: 'recorded and shown: there are no shards to spread over' },
      { member: 'emitSystemFields', how: 'recorded and shown; events carry no system fields' },
      { member: 'applyOnTransformedLogs', how: 'an event that the transformer cannot read is seen and sent as it came' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      // AWS looks at the destination's account and role before it looks for the group.
      checkForm(tenant, input.destinationArn!, input.roleArn, 'PutSubscriptionFilter')
      const group = filteredGroup(groups, tenant, input.logGroupName)
      const pattern = readPattern(input.filterPattern!, 'filter')
      checkCriteria(input.fieldSelectionCriteria)
      await checkThere(destinations, tenant, input.destinationArn!)
      await subscriptionFilters.change(group.id, filters => {
        if (groups.byId(group.id) === undefined) throw groupNotFound()
        const filter: LogSubscriptionFilter = {
          group: group.id,
          name: input.filterName!,
          pattern: input.filterPattern!,
          createdAt: filters.find(({ name }) => name === input.filterName)?.createdAt ?? now,
          changedAt: now,
          onTransformedLogs: input.applyOnTransformedLogs === true,
          selectionCriteria: input.fieldSelectionCriteria,
          destinationArn: input.destinationArn!,
          roleArn: input.roleArn,
          distribution: input.distribution ?? 'ByLogStream',
          systemFields: input.emitSystemFields,
        }
        checkRoom(filter, pattern, filters, SUBSCRIPTION_FILTERS, metricFilters)
        return filter
      })
      return undefined
    },
  })
