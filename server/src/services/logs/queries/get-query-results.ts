import type { GetQueryResultsCommandInput, GetQueryResultsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { languageOf } from '../../../engines/insights/compile-query.ts'
import type { LogQueryRow } from '../../../model/log-query.ts'
import { integer, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import type { LogSearcher } from './ports.ts'
import { queryOf } from './query-of.ts'
import { readResultsToken, resultsToken } from './results-token.ts'

const MAX_ITEMS = 10_000
/** So much of field names and values fits into an answer; a row always does. */
const MAX_CHARACTERS = 16_000_000
const INPUT = structure({ queryId: text({ min: 1, max: 256 }), nextToken: text({ min: 1, max: 1024 }), maxItems: integer({ min: 0, max: MAX_ITEMS }) }, ['queryId'])

export const getQueryResults = (queries: LogSearcher) =>
  operation<GetQueryResultsCommandInput, GetQueryResultsResponse>({
    name: 'GetQueryResults',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { member: 'encryptionKey', how: 'absent: results are not encrypted by a KMS key' },
      { member: 'statistics.bytesScanned', how: 'of more than half a million events, reckoned from some 100,000 of them' },
      { member: 'statistics.estimatedRecordsSkipped', how: '0: nothing is skipped by field indexes' },
      { member: 'statistics.estimatedBytesSkipped', how: '0: nothing is skipped by field indexes' },
      { member: 'statistics.recordsMatched', how: 'of a query that filters more than half a million events and shows the newest up to its limit, those that are shown' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const query = await queries.soon(await queryOf(queries, tenant, input.queryId!))
      const found = (await queries.rows(query)) ?? []
      const from = input.nextToken === undefined ? 0 : readResultsToken(input.nextToken, query.id, now)
      const to = pageEnd(found, from, input.maxItems || MAX_ITEMS)
      const { recordsMatched, recordsScanned, bytesScanned, logGroupsScanned } = query.statistics
      const running = query.status === 'Running' || query.status === 'Scheduled'
      return {
        queryLanguage: languageOf(query.text),
        status: query.status,
        results: found.slice(from, to).map(row => [...row]),
        statistics: { recordsMatched, recordsScanned, bytesScanned, logGroupsScanned, estimatedRecordsSkipped: 0, estimatedBytesSkipped: 0, resultCount: query.rows },
        // Rows of a query that runs may still change their places.
        nextToken: !running && to < found.length ? resultsToken(query.id, to, now) : undefined,
      }
    },
  })

const pageEnd = (rows: readonly LogQueryRow[], from: number, limit: number): number => {
  let characters = 0
  for (let at = from; at < Math.min(rows.length, from + limit); at++) {
    for (const { field, value } of rows[at]!) characters += field.length + value.length
    if (characters > MAX_CHARACTERS && at > from) return at
  }
  return Math.min(rows.length, from + limit)
}
