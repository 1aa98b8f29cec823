import type { GetMetricDataCommandInput, GetMetricDataOutput, ListMetricsCommandInput, ListMetricsOutput, Metric } from '@aws-sdk/client-cloudwatch'
import { epochMillis, isoTime } from '../../base/time.ts'
import type { Call, Operation } from '../../services/operation.ts'
import { Fault } from '../../wire/fault.ts'
import type { MetricsQuery } from './read-query.ts'
import { NAMESPACE, SERVICE_DIMENSION } from './service-metric.ts'

export interface MetricOperations {
  readonly listMetrics: Operation<ListMetricsCommandInput, ListMetricsOutput>
  readonly getMetricData: Operation<GetMetricDataCommandInput, GetMetricDataOutput>
}

/** GetMetricData's own limit. */
const MOST_SERIES = 500

/** A statistic of each metric that fits, by GetMetricData itself. */
export const aggregateSeries = async (
  { listMetrics, getMetricData }: MetricOperations,
  { serviceName, metricName, start, end }: MetricsQuery,
  { statistic, period }: NonNullable<MetricsQuery['aggregate']>,
  call: Call,
): Promise<unknown> => {
  const found: Metric[] = []
  let token: string | undefined
  do {
    const page = await listMetrics.run(
      {
        Namespace: NAMESPACE, ...(metricName !== undefined && { MetricName: metricName }), ...(token !== undefined && { NextToken: token }),
        Dimensions: [{ Name: SERVICE_DIMENSION, ...(serviceName !== undefined && { Value: serviceName }) }],
      },
      call,
    )
    found.push(...(page.Metrics ?? []))
    token = page.NextToken
  } while (token !== undefined && found.length <= MOST_SERIES)
  if (found.length > MOST_SERIES) throw new Fault('TooManySeries', `more than ${MOST_SERIES} series fit: name a service or a metric`, { shape: 'TooManySeries', status: 400 })
  if (found.length === 0) return { statistic, period, series: [] }
  const queries = found.map((Metric, index) => ({ Id: `m${index}`, MetricStat: { Metric, Period: period, Stat: statistic } }))
  const points = new Map<string, { timestamp: string; value: number }[]>()
  let next: string | undefined
  do {
    const answer = await getMetricData.run(
      { MetricDataQueries: queries, StartTime: new Date(start), EndTime: new Date(end), ScanBy: 'TimestampAscending', ...(next !== undefined && { NextToken: next }) }, call,
    )
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      const line = points.get(Id) ?? []
      for (const [index, at] of Timestamps.entries()) line.push({ timestamp: isoTime(epochMillis(at.getTime())), value: Values[index]! })
      points.set(Id, line)
    }
    next = answer.NextToken
  } while (next !== undefined)
  return {
    statistic,
    period,
    series: found.map(({ MetricName, Dimensions = [] }, index) => ({
      serviceName: Dimensions.find(({ Name }) => Name === SERVICE_DIMENSION)?.Value, metricName: MetricName, datapoints: points.get(`m${index}`) ?? [],
    })),
  }
}
