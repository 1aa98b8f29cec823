import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch'
import type { Tenant } from '../../../base/tenancy.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { AlarmQuery, QueriedMetric } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { metricIdentity } from '../metric-identity.ts'
import { periodOf } from './evaluation-parameters.ts'

const ID = /^[a-z][a-zA-Z0-9_]*$/
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const METRICS_LIMIT = 10

/** An alarm's `Metrics`, understood one by one. The model's own limits are checked before. */
export const metricQueries = (input: readonly MetricDataQuery[], { account }: Tenant): readonly AlarmQuery[] => {
  const queries = input.map(metricQuery)
  // Accounts are kept apart here: an alarm that looked for another's metrics would find this one's, or nothing for ever.
  const foreign = queries.findIndex(query => query.account !== undefined && query.account !== account)
  if (foreign >= 0) {
    throw validationError(`The value ${queries[foreign]!.account} for parameter Metrics.member.${foreign + 1}.AccountId is invalid.`)
  }
  const ids = new Set<string>()
  for (const { id } of queries) {
    if (ids.has(id)) throw validationError('The values for parameter id in Metrics are not unique.')
    ids.add(id)
  }
  if (queries.filter(({ stored }) => stored !== undefined).length > METRICS_LIMIT) {
    throw validationError(`The list of Metrics must not hold more than ${METRICS_LIMIT} metrics.`)
  }
  return queries
}

const metricQuery = (query: MetricDataQuery, index: number): AlarmQuery => {
  const at = `Metrics.member.${index + 1}`
  const id = query.Id!
  if (!ID.test(id)) throw validationError(`The value ${id} for parameter ${at}.Id is not matching the expected pattern ${ID.source}.`)
  const { MetricStat: stat, Expression: expression } = query
  if (stat !== undefined && expression !== undefined) {
    throw validationError('The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.')
  }
  if (stat === undefined && expression === undefined) throw validationError('Period must not be null')
  if (stat !== undefined && query.Period !== undefined) {
    throw validationError(`The parameters ${at}.Period and ${at}.MetricStat are mutually exclusive and you have specified both.`)
  }
  return {
    id,
    label: query.Label === '' ? undefined : query.Label,
    returnData: query.ReturnData ?? true,
    account: query.AccountId,
    expression,
    period: query.Period === undefined ? undefined : periodOf(query.Period),
    stored: stat && queriedMetric(stat, at),
  }
}

const queriedMetric = ({ Metric: metric = {}, Period: period, Stat: statistic, Unit: unit }: MetricStat, at: string): QueriedMetric => {
  const needed = <Value>(value: Value | undefined, name: string): Value => {
    if (value === undefined) throw validationError(`The parameter ${at}.MetricStat.${name} is required.`)
    return value
  }
  const text = needed(statistic, 'Stat')
  if (!parseStatistic(text).ok) throw validationError('Invalid metrics list')
  const namespace = needed(metric.Namespace, 'Metric.Namespace')
  const name = needed(metric.MetricName, 'Metric.MetricName')
  return {
    metric: metricIdentity({ namespace, name, dimensions: metric.Dimensions }, validationError),
    period: periodOf(needed(period, 'Period')),
    statistic: text,
    unit,
  }
}
