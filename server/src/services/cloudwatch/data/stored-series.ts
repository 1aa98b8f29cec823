import { epochSeconds, floorTo, type EpochSeconds, type Seconds } from '../../../base/time.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { Statistic } from '../../../engines/statistics/statistic.ts'
import type { MetricIdentity, MetricReads, Unit, UnitBuckets } from '../../../model/metric.ts'
import type { Series } from '../ports.ts'

interface StoredSeries extends Series {
  /** All units that have data in the range, in alphabetical order; the series is of the first. */
  readonly units: readonly Unit[]
}

/** One statistic of one metric. */
export interface Wanted {
  readonly metric: MetricIdentity
  readonly statistic: Statistic
  /** Undefined: the alphabetically first that has data. */
  readonly unit: Unit | undefined
  readonly period: Seconds
}

/** [start, end) by period: what can be read reaches back less far for finer ones. */
export interface ReadRange {
  readonly tenant: Tenant
  readonly startOf: (period: Seconds) => EpochSeconds
  readonly end: EpochSeconds
}

/**
 * The wanted series, in their order, with one read for all that have the same period, unit and kind of statistic. A bucket
 * whose samples cannot serve its statistic has no datapoint.
 */
export const readSeries = async (reads: MetricReads, wanted: readonly Wanted[], range: ReadRange): Promise<readonly StoredSeries[]> => {
  const alike = Map.groupBy(wanted.keys(), place => {
    const { period, unit, statistic } = wanted[place]!
    return `${period} ${unit ?? '*'} ${statistic.samples}`
  })
  const series: StoredSeries[] = wanted.map(() => NOTHING)
  await Promise.all([...alike.values()].map(async places => {
    const { period, unit, statistic } = wanted[places[0]!]!
    const start = range.startOf(period)
    if (start >= range.end) return
    const metrics = places.map(place => wanted[place]!.metric)
    const query = { tenant: range.tenant, metrics, unit, start, end: range.end, period, origin: EPOCH, samples: statistic.samples }
    const answers = await reads.readMany(query)
    for (const [index, place] of places.entries()) series[place] = computed(answers[index]!, wanted[place]!.statistic)
  }))
  return series
}

const NOTHING: StoredSeries = { timestamps: [], values: [], units: [] }

const computed = (byUnit: readonly UnitBuckets[], statistic: Statistic): StoredSeries => {
  const timestamps: EpochSeconds[] = []
  const values: number[] = []
  for (const bucket of byUnit[0]?.buckets ?? []) {
    const value = statistic.compute(bucket)
    if (value === undefined) continue
    timestamps.push(bucket.start)
    values.push(value)
  }
  return { timestamps, values, units: byUnit.map(({ unit }) => unit) }
}

/** GetMetricData and alarms on the clock count their buckets from the epoch. */
export const EPOCH = epochSeconds(0)

/** How many buckets of `period` a range touches. */
export const bucketsIn = ({ startOf, end }: ReadRange, period: Seconds): number =>
  Math.max(0, (floorTo(epochSeconds(end - 1), period) - startOf(period)) / period + 1)
