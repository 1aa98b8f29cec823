import type { GetMetricDataCommandInput, GetMetricDataOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { validationError } from '../../wire/fault.ts'
import { operation, type Call } from '../operation.ts'
import { enforce, integer, structure } from '../constraints.ts'
import { parseTimezone } from './data/dynamic-labels.ts'
import { expressionLines } from './data/expression-lines.ts'
import { storedLines, type Line, type Range } from './data/lines.ts'
import { cut, isCursor, PartDates, takePart, type Cursor } from './data/pages.ts'
import type { ExpressionSources } from './data/needs.ts'
import { complaint, parseQueries } from './data/queries.ts'
import { invalidNextToken } from './faults.ts'
import { scanBy } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'

const INPUT = structure({ ScanBy: scanBy, MaxDatapoints: integer() })
const DATAPOINT_LIMIT = 100_800

/**
 * Series of many metrics at once. A page holds at most MaxDatapoints, filled query by query; a series that does not fit
 * goes on under the same Id on the next page. With expressions there is one page only, as in AWS.
 */
export const getMetricData = (sources: ExpressionSources) =>
  operation<GetMetricDataCommandInput, GetMetricDataOutput>({
    name: 'GetMetricData',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { member: 'MaxDatapoints', how: 'expressions come on one page, which AWS has, too; here with at most 1,500,000 datapoints' },
      { member: 'MetricDataQueries.AccountId', how: "another account's metrics are `Forbidden`: accounts are kept apart" },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const queries = parseQueries(input.MetricDataQueries)
      const times = timesOf(input)
      const room = roomOf(input)
      const scope = scopeOf(input, call)
      const cursor = cursorOf(input, scope, call)
      const range: Range = { ...times, call, now: cursor.asked, timezone: timezoneOf(input) }
      const descending = input.ScanBy !== 'TimestampAscending'
      if (queries.some(({ kind }) => kind === 'expression')) {
        const { lines, messages } = await expressionLines(sources, queries, range)
        const dates = new PartDates()
        return { MetricDataResults: lines.map(line => result(line, takePart(line, null, descending, Infinity), dates)), Messages: [...messages] }
      }
      const { results, next } = await page(storedLines(sources.reads, queries, range, { from: cursor.line, room }), cursor, descending, room)
      return {
        MetricDataResults: results,
        ...(next === undefined ? {} : { NextToken: sealToken(scope, next) }),
        Messages: [],
      }
    },
  })

const page = async (lines: AsyncIterable<Line>, cursor: Cursor, descending: boolean, limit: number) => {
  const results: MetricDataResult[] = []
  const dates = new PartDates()
  let { line: index, after } = cursor
  let room = limit
  for await (const line of lines) {
    if (room === 0) return { results, next: { asked: cursor.asked, line: index, after: null } satisfies Cursor }
    const part = takePart(line, after, descending, room)
    results.push(result(line, part, dates))
    if (!part.complete) return { results, next: { asked: cursor.asked, line: index, after: cut(line.timestamps, part).at(-1)! } satisfies Cursor }
    room -= part.to - part.from
    index += 1
    after = null
  }
  return { results, next: undefined }
}

const result = (line: Line, part: ReturnType<typeof takePart>, dates: PartDates): MetricDataResult => ({
  Id: line.id,
  Label: line.label,
  Timestamps: dates.of(line.timestamps, part),
  Values: cut(line.values, part),
  StatusCode: line.forbidden ? 'Forbidden' : part.complete ? 'Complete' : 'PartialData',
  ...(line.messages.length === 0 ? {} : { Messages: [...line.messages] }),
})

const timesOf = ({ StartTime, EndTime }: GetMetricDataCommandInput): { readonly start: EpochMillis; readonly end: EpochMillis } => {
  const absent = [StartTime === undefined ? 'StartTime' : [], EndTime === undefined ? 'EndTime' : []].flat()
  if (absent.length > 0) throw complaint(absent.map(name => `The parameter ${name} is required.`))
  const [start, end] = [StartTime!.getTime(), EndTime!.getTime()]
  if (!Number.isFinite(start) || !Number.isFinite(end)) throw validationError('StartTime and EndTime must be valid timestamps.')
  if (start > end) throw complaint(['The parameter EndTime must be greater than StartTime.'])
  if (start === end) throw complaint(['The parameter StartTime must not equal parameter EndTime.'])
  return { start: epochMillis(start), end: epochMillis(end) }
}

const roomOf = ({ MaxDatapoints: wanted = DATAPOINT_LIMIT }: GetMetricDataCommandInput): number => {
  if (wanted < 1 || wanted > DATAPOINT_LIMIT) throw complaint([`The parameter MaxDatapoints must be between 1 and ${DATAPOINT_LIMIT}.`])
  return wanted
}

const timezoneOf = ({ LabelOptions }: GetMetricDataCommandInput): number => {
  const written = LabelOptions?.Timezone
  const timezone = written === undefined ? 0 : parseTimezone(written)
  if (timezone === undefined) throw complaint([`The value ${written} for parameter LabelOptions.Timezone is invalid.`])
  return timezone
}

const scopeOf = ({ MetricDataQueries, StartTime, EndTime, ScanBy }: GetMetricDataCommandInput, call: Call): TokenScope => ({
  operation: 'GetMetricData',
  tenant: call.tenant,
  request: [MetricDataQueries, StartTime, EndTime, ScanBy],
})

const cursorOf = (input: GetMetricDataCommandInput, scope: TokenScope, call: Call): Cursor => {
  if (input.NextToken === undefined) return { asked: call.now, line: 0, after: null }
  const cursor = openToken(scope, input.NextToken)
  if (!isCursor(cursor)) throw invalidNextToken()
  return cursor
}

