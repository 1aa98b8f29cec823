import type { DescribeQueriesCommandInput, DescribeQueriesResponse, QueryInfo } from '@aws-sdk/client-cloudwatch-logs'
import { parseArn } from '../../../base/arn.ts'
import { languageOf, sourceOf } from '../../../engines/insights/compile-query.ts'
import type { LogQuery } from '../../../model/log-query.ts'
import { integer, oneOf, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, LOG_GROUP_NAME, NEXT_TOKEN } from '../limits.ts'
import { pageFrom } from './offset-page.ts'
import type { LogSearcher } from './ports.ts'

const INPUT = structure({
  logGroupName: LOG_GROUP_NAME,
  status: oneOf(['Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown']),
  maxResults: integer({ min: 1, max: 1000 }),
  nextToken: NEXT_TOKEN,
  queryLanguage: oneOf(['CWLI', 'SQL', 'PPL']),
})
const DEFAULT_RESULTS = 1000

export const describeQueries = (queries: LogSearcher) =>
  operation<DescribeQueriesCommandInput, DescribeQueriesResponse>({
    name: 'DescribeQueries',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { logGroupName, status, queryLanguage = 'CWLI' } = input
      const all = (await queries.list(tenant)).filter(({ text }) => languageOf(text) === queryLanguage)
      const found = all.filter(query => (status === undefined || query.status === status) && (logGroupName === undefined || namesOf(query).includes(logGroupName)))
      const { items, nextToken } = pageFrom(found, input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      return { queries: items.map(shownQuery), nextToken }
    },
  })

const shownQuery = (query: LogQuery): QueryInfo => ({
  queryLanguage: languageOf(query.text),
  queryId: query.id,
  queryString: shownText(query),
  status: query.status,
  createTime: query.createdAt,
  logGroupName: namesOf(query)[0],
  queryDuration: query.finishedAt === undefined ? undefined : query.finishedAt - query.createdAt,
  bytesScanned: query.statistics.bytesScanned,
  userIdentity: query.startedBy,
})

/** As AWS shows what the request asked for: the groups and the range in front of the text. */
const shownText = (query: LogQuery): string => {
  const { text, start, end } = query
  if (sourceOf(text, languageOf(text)) !== undefined) return text
  return `SOURCE ${namesOf(query).map(name => `"${name}"`).join(', ')} START=${start} END=${end} | ${text}`
}

const namesOf = ({ groups }: LogQuery): readonly string[] => groups.map(arn => parseArn(arn)!.resource.replace(/^log-group:/, ''))
