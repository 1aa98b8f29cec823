import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch'
import { seconds, type Seconds } from '../../../base/time.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { Statistic } from '../../../engines/statistics/statistic.ts'
import type { MetricIdentity, Unit } from '../../../model/metric.ts'
import { validationError } from '../../../wire/fault.ts'
import { enforce, list, structure, text } from '../../constraints.ts'
import { dimensions, metricName, namespace, period, standardUnit } from '../limits.ts'
import { metricIdentity } from '../metric-identity.ts'
import { checkDynamicLabel } from './dynamic-labels.ts'
import { isQueryPeriod } from './time-range.ts'

/** One entry of MetricDataQueries, understood. */
export type Query = StoredQuery | ExpressionQuery

interface QueryBase {
  readonly id: string
  /** Undefined: a default is made. */
  readonly label: string | undefined
  readonly returnData: boolean
}

export interface StoredQuery extends QueryBase {
  readonly kind: 'stored'
  readonly metric: MetricIdentity
  readonly period: Seconds
  readonly statistic: Statistic
  readonly unit: Unit | undefined
  readonly account: string | undefined
}

export interface ExpressionQuery extends QueryBase {
  readonly kind: 'expression'
  readonly expression: string
  readonly period: Seconds | undefined
}

const QUERY_LIMIT = 500
const ID = /^[a-z][a-zA-Z0-9_]*$/

const metric = structure({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions })
const QUERIES = structure({
  MetricDataQueries: list(
    structure({
      Id: text({ min: 1, max: 255 }),
      Expression: text({ min: 1, max: 2048 }),
      MetricStat: structure({ Metric: metric, Period: period, Unit: standardUnit }),
      Period: period,
      AccountId: text({ min: 1, max: 255 }),
    }),
  ),
})

/** Throws `ValidationError`; what several queries lack is told together, a line each, as AWS does. */
export const parseQueries = (input: readonly MetricDataQuery[] | undefined): readonly Query[] => {
  if (input === undefined || input.length === 0) throw complaint(['The parameter MetricDataQueries is required.'])
  if (input.length > QUERY_LIMIT) throw complaint([`The collection MetricDataQueries must not have a size greater than ${QUERY_LIMIT}.`])
  const lacking = input.flatMap((query, index) => missing(query, `MetricDataQueries.member.${index + 1}`))
  if (lacking.length > 0) throw complaint(lacking)
  enforce(QUERIES, { MetricDataQueries: input })
  const wrong = input.flatMap((query, index) => misspelt(query, `MetricDataQueries.member.${index + 1}`))
  if (wrong.length > 0) throw complaint(wrong)
  if (new Set(input.map(({ Id }) => Id)).size < input.length) {
    throw validationError('The values for parameter id in MetricDataQueries are not unique.')
  }
  return input.map((query, index) => parseQuery(query, `MetricDataQueries.member.${index + 1}`))
}

/** GetMetricData ends every line of its complaints with a line feed. */
export const complaint = (lines: readonly string[]) => validationError(lines.map(line => `${line}\n`).join(''))

const missing = (query: MetricDataQuery, at: string): readonly string[] => {
  const paths: [value: unknown, path: string][] = [[query.Id, 'Id']]
  const stat = query.MetricStat
  if (stat === undefined) paths.push([query.Expression, 'MetricStat'])
  else {
    paths.push([stat.Metric, 'MetricStat.Metric'], [stat.Period, 'MetricStat.Period'], [stat.Stat, 'MetricStat.Stat'])
    if (stat.Metric !== undefined) {
      paths.push([stat.Metric.Namespace, 'MetricStat.Metric.Namespace'], [stat.Metric.MetricName, 'MetricStat.Metric.MetricName'])
    }
  }
  return paths.filter(([value]) => value === undefined).map(([, path]) => `The parameter ${at}.${path} is required.`)
}

const misspelt = ({ Id: id = '', MetricStat: stat }: MetricDataQuery, at: string): readonly string[] => [
  ...(ID.test(id) ? [] : [`The value ${id} for parameter ${at}.Id is not matching the expected pattern ${ID.source}.`]),
  ...(stat === undefined || parseStatistic(stat.Stat!).ok ? [] : [noStatistic(stat.Stat!, `${at}.MetricStat.Stat`)]),
]

const noStatistic = (text: string, at: string): string => `The value ${text} for parameter ${at} is not a valid statistic.`

const parseQuery = (query: MetricDataQuery, at: string): Query => {
  const id = query.Id!
  const label = query.Label === '' ? undefined : query.Label
  if (label !== undefined) checkDynamicLabel(label, at)
  const base = { id, label, returnData: query.ReturnData ?? true }
  if (query.MetricStat !== undefined && query.Expression !== undefined) {
    throw complaint([`The parameters ${at}.Expression and ${at}.MetricStat are mutually exclusive and you have specified both.`])
  }
  if (query.MetricStat !== undefined) return { ...base, ...parseMetricStat(query.MetricStat, `${at}.MetricStat`), account: query.AccountId }
  return {
    ...base,
    kind: 'expression',
    expression: query.Expression!,
    period: query.Period === undefined ? undefined : parsePeriod(query.Period, `${at}.Period`),
  }
}

const parseMetricStat = (stat: MetricStat, at: string) => {
  const parsed = parseStatistic(stat.Stat!)
  if (!parsed.ok) throw complaint([noStatistic(stat.Stat!, `${at}.Stat`)])
  const { Namespace, MetricName, Dimensions } = stat.Metric!
  return {
    kind: 'stored' as const,
    metric: metricIdentity({ namespace: Namespace!, name: MetricName!, dimensions: Dimensions }, validationError),
    period: parsePeriod(stat.Period!, `${at}.Period`),
    statistic: parsed.statistic,
    unit: stat.Unit,
  }
}

const parsePeriod = (value: number, at: string): Seconds => {
  if (!isQueryPeriod(value)) throw complaint([`The parameter ${at} must be 1, 5, 10, 20, 30 or a multiple of 60.`])
  return seconds(value)
}
