import type { Datapoint, GetMetricStatisticsCommandInput, GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import { parseStatistic } from '../../engines/statistics/parse.ts'
import type { Statistic } from '../../engines/statistics/statistic.ts'
import type { Bucket, MetricReads, Unit } from '../../model/metric.ts'
import { operation, type Call } from '../operation.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { endSecond, isQueryPeriod, oldestStart, roundStart } from './data/time-range.ts'
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './faults.ts'
import { dimensions, metricName, namespace, period, standardUnit, statistic } from './limits.ts'
import { metricIdentity } from './metric-identity.ts'

const INPUT = structure({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  Period: period,
  Statistics: list(statistic, { max: 5 }),
  ExtendedStatistics: list(text(), { max: 10 }),
  Unit: standardUnit,
})
const REQUIRED = ['Namespace', 'MetricName', 'StartTime', 'EndTime', 'Period'] as const
const DATAPOINT_LIMIT = 1440

/** Datapoints of one metric: one for each bucket and unit that has data, oldest first (AWS promises no order). */
export const getMetricStatistics = (reads: MetricReads) =>
  operation<GetMetricStatisticsCommandInput, GetMetricStatisticsOutput>({
    name: 'GetMetricStatistics',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'Datapoints', how: 'oldest first; AWS: in any order' }],
    async run(input, call) {
      // Asked first, also where everything else is missing.
      if ((input.Statistics ?? []).length + (input.ExtendedStatistics ?? []).length === 0) {
        throw invalidParameterCombination('At least one of the parameters Statistics and ExtendedStatistics must be specified.')
      }
      const absent = REQUIRED.find(name => input[name] === undefined)
      if (absent !== undefined) throw missingParameter(absent)
      enforce(INPUT, input)
      const statistics = statisticsOf(input)
      const query = queryOf(input, call)
      const byUnit = query.start < query.end ? await reads.read({ ...query, samples: statistics.some(({ samples }) => samples) }) : []
      return {
        Label: input.MetricName!,
        Datapoints: byUnit
          .flatMap(({ unit, buckets }) => buckets.map(bucket => datapoint(bucket, unit, statistics)))
          .filter(point => point !== undefined),
      }
    },
  })

const statisticsOf = ({ Statistics, ExtendedStatistics }: GetMetricStatisticsCommandInput): readonly Statistic[] => {
  const basic = Statistics ?? []
  const extended = ExtendedStatistics ?? []
  if (basic.length > 0 && extended.length > 0) {
    throw invalidParameterCombination(
      'The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.',
    )
  }
  return [...basic, ...extended].map(name => {
    const parsed = parseStatistic(name)
    if (!parsed.ok || (parsed.statistic.basic !== undefined && extended.length > 0)) {
      throw invalidParameterValue(`The value ${name} for parameter ExtendedStatistics is not supported.`)
    }
    return parsed.statistic
  })
}

const queryOf = (input: GetMetricStatisticsCommandInput, call: Call) => {
  const period = seconds(input.Period!)
  if (!isQueryPeriod(period)) throw invalidParameterValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.')
  const start = instant(input.StartTime!, 'StartTime')
  const end = instant(input.EndTime!, 'EndTime')
  if (start >= end) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.')
  // Buckets count from the rounded start, not from the epoch.
  const origin = roundStart(start, period, call.now)
  const datapoints = Math.ceil((end - start) / 1000 / period)
  if (datapoints > DATAPOINT_LIMIT) {
    throw invalidParameterCombination(
      `You have requested up to ${datapoints} datapoints, which exceeds the limit of ${DATAPOINT_LIMIT}. ` +
        'You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    )
  }
  return {
    tenant: call.tenant,
    metric: metricIdentity({ namespace: input.Namespace!, name: input.MetricName!, dimensions: input.Dimensions }, invalidParameterValue),
    unit: input.Unit,
    start: epochSeconds(Math.max(origin, oldestStart(period, call.now, origin))),
    end: endSecond(end),
    period,
    origin,
  }
}

const instant = (at: Date, name: string) => {
  const time = at.getTime()
  if (!Number.isFinite(time)) throw invalidParameterValue(`The parameter ${name} must be a valid timestamp.`)
  return epochMillis(time)
}

/** Undefined where no statistic that was asked for can be told of the bucket. */
const datapoint = (bucket: Bucket, unit: Unit, statistics: readonly Statistic[]): Datapoint | undefined => {
  const basic: Record<string, number> = {}
  const extended: Record<string, number> = {}
  for (const statistic of statistics) {
    const value = statistic.compute(bucket)
    if (value === undefined) continue
    if (statistic.basic === undefined) extended[statistic.text] = value
    else basic[statistic.basic] = value
  }
  const isExtended = Object.keys(extended).length > 0
  if (!isExtended && Object.keys(basic).length === 0) return undefined
  return { Timestamp: new Date(bucket.start * 1000), ...basic, ...(isExtended ? { ExtendedStatistics: extended } : {}), Unit: unit }
}
