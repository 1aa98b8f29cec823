import type { AggregateLogGroupSummary, ListAggregateLogGroupSummariesCommandInput, ListAggregateLogGroupSummariesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import { integer, oneOf, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { type DataSource, dataSourceOf } from './data-source.ts'
import { check } from './limits.ts'
import { LISTED_DIFFERENCES, LISTED_GROUPS, listedGroups } from './listed-groups.ts'
import { pageByName } from './name-page.ts'
import type { LogGroupStore, LogTags } from './ports.ts'

const MAX_SUMMARIES = 50
const INPUT = structure(
  { ...LISTED_GROUPS, groupBy: oneOf(['DATA_SOURCE_NAME_TYPE_AND_FORMAT', 'DATA_SOURCE_NAME_AND_TYPE']), limit: integer({ min: 1, max: MAX_SUMMARIES }) },
  ['groupBy'],
)
/** Of logs that no pipeline has made into another. */
const FORMAT = 'Default'

export const listAggregateLogGroupSummaries = (groups: LogGroupStore, tags: LogTags) =>
  operation<ListAggregateLogGroupSummariesCommandInput, ListAggregateLogGroupSummariesResponse>({
    name: 'ListAggregateLogGroupSummaries',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    differs: [
      ...LISTED_DIFFERENCES,
      { member: 'aggregateLogGroupSummaries', how: 'by name and type; groups without a data source are in none of them' },
      { member: 'aggregateLogGroupSummaries.groupingIdentifiers', how: `the format is always \`${FORMAT}\`` },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      const found = new Map<string, { readonly name: string; readonly source: DataSource; count: number }>()
      for (const one of await listedGroups(groups, tags, tenant, input, true)) {
        const source = dataSourceOf(one.tags)
        if (source === undefined) continue
        const name = JSON.stringify([source.name, source.type])
        const summary = found.get(name) ?? { name, source, count: 0 }
        summary.count++
        found.set(name, summary)
      }
      const sorted = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(sorted, input.nextToken, input.limit ?? MAX_SUMMARIES)
      const withFormat = input.groupBy === 'DATA_SOURCE_NAME_TYPE_AND_FORMAT'
      return { aggregateLogGroupSummaries: items.map(({ source, count }) => shown(source, count, withFormat)), nextToken }
    },
  })

const shown = ({ name, type }: DataSource, logGroupCount: number, withFormat: boolean): AggregateLogGroupSummary => ({
  logGroupCount,
  groupingIdentifiers: [
    { key: 'dataSource.Name', value: name },
    { key: 'dataSource.Type', value: type },
    ...(withFormat ? [{ key: 'dataSource.Format', value: FORMAT }] : []),
  ],
})
