import type { ListLogGroupsForQueryCommandInput, ListLogGroupsForQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { integer, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageFrom } from './offset-page.ts'
import type { LogSearcher } from './ports.ts'
import { queryOf } from './query-of.ts'

const INPUT = structure({ queryId: text({ min: 1, max: 256 }), nextToken: NEXT_TOKEN, maxResults: integer({ min: 50, max: 500 }) }, ['queryId'])
const DEFAULT_RESULTS = 50

export const listLogGroupsForQuery = (queries: LogSearcher) =>
  operation<ListLogGroupsForQueryCommandInput, ListLogGroupsForQueryResponse>({
    name: 'ListLogGroupsForQuery',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { groups } = await queryOf(queries, tenant, input.queryId!)
      const { items, nextToken } = pageFrom(groups, input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      return { logGroupIdentifiers: [...items], nextToken }
    },
  })
