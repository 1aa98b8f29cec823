import type { EpochSeconds } from '../../base/time.ts'
import type { Bucket, MetricIdentity, Unit } from '../../model/metric.ts'
import { parseStatistic } from '../statistics/parse.ts'
import type { Statistic } from '../statistics/statistic.ts'

/** One minute of one metric in one unit. */
export interface StreamDatum {
  readonly metric: MetricIdentity
  readonly unit: Unit
  readonly start: EpochSeconds
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
  /** Further statistics by their names as configured; those that the data cannot serve are left out. */
  readonly further: readonly (readonly [name: string, value: number])[]
}

/** Every minute of a stream is 60 seconds. */
export const STREAM_PERIOD = 60

export const streamDatum = (metric: MetricIdentity, unit: Unit, bucket: Bucket, further: readonly NamedStatistic[]): StreamDatum => ({
  metric,
  unit,
  start: bucket.start,
  count: bucket.count,
  sum: bucket.sum,
  minimum: bucket.minimum,
  maximum: bucket.maximum,
  further: further.flatMap(({ name, statistic }) => {
    const value = statistic.compute(bucket)
    return value === undefined ? [] : [[name, value] as const]
  }),
})

export interface NamedStatistic {
  readonly name: string
  readonly statistic: Statistic
}

/** The statistics of these names; what is no statistic was refused when the stream was defined. */
export const namedStatistics = (names: Iterable<string>): readonly NamedStatistic[] =>
  [...new Set(names)].flatMap(name => {
    const parsed = parseStatistic(name)
    return parsed.ok ? [{ name, statistic: parsed.statistic }] : []
  })
