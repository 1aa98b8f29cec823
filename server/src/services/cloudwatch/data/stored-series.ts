import { epochSeconds, floorTo, type EpochSeconds, type Seconds } from '../../../base/time.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { basicValue } from '../../../engines/statistics/basic.ts'
import type { BasicStatistic, Statistic } from '../../../engines/statistics/statistic.ts'
import { windowSlots } from '../../../model/metric-window.ts'
import { eachBucket, type MetricIdentity, type MetricReads, type Unit, type UnitBuckets } from '../../../model/metric.ts'
import type { Aggregate, MetricUnitSums } from '../../../model/unit-sums.ts'
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

/** What series are read from. */
export type SeriesReads = MetricReads & MetricUnitSums

/**
 * The wanted series, in their order, with one read for all that have the same period, unit and kind of statistic. A bucket
 * whose samples cannot serve its statistic has no datapoint.
 */
export const readSeries = async (reads: SeriesReads, wanted: readonly Wanted[], range: ReadRange): Promise<readonly StoredSeries[]> => {
  const alike = Map.groupBy(wanted.keys(), place => {
    const { period, unit, statistic } = wanted[place]!
    return `${period} ${unit ?? '*'} ${statistic.samples}`
  })
  const series: StoredSeries[] = wanted.map(() => NOTHING)
  await Promise.all([...alike.values()].map(async places => {
    const { period } = wanted[places[0]!]!
    const start = range.startOf(period)
    if (start >= range.end) return
    const group = places.map(place => wanted[place]!)
    const columns = group.every(({ statistic }) => statistic.basic !== undefined) && (start - EPOCH) % period === 0
    const found = columns ? await fromColumns(reads, group, start, range) : await fromBuckets(reads, group, start, range)
    for (const [index, place] of places.entries()) series[place] = found[index]!
  }))
  return series
}

const fromBuckets = async (reads: MetricReads, group: readonly Wanted[], start: EpochSeconds, { tenant, end }: ReadRange): Promise<readonly StoredSeries[]> => {
  const { period, unit, statistic: { samples } } = group[0]!
  const answers = await reads.readMany({ tenant, metrics: group.map(({ metric }) => metric), unit, start, end, period, origin: EPOCH, samples })
  const shared = sharing()
  return answers.map((byUnit, index) => computed(byUnit, group[index]!.statistic, shared))
}

const computed = (byUnit: readonly UnitBuckets[], statistic: Statistic, shared: ReturnType<typeof sharing>): StoredSeries => {
  const timestamps: EpochSeconds[] = []
  const values: number[] = []
  if (byUnit[0] !== undefined) {
    eachBucket(byUnit[0], bucket => {
      const value = statistic.compute(bucket)
      if (value === undefined) return
      timestamps.push(bucket.start)
      values.push(value)
    })
  }
  return { timestamps: shared(timestamps), values, units: byUnit.map(({ unit }) => unit) }
}

/** Without an object for each bucket: a wall of graphs has tens of thousands. */
const fromColumns = async (
  reads: MetricUnitSums, group: readonly Wanted[], start: EpochSeconds, { tenant, end }: ReadRange,
): Promise<readonly StoredSeries[]> => {
  const { period, unit } = group[0]!
  const wanted = new Set(group.flatMap(({ statistic }) => AGGREGATES[statistic.basic!]))
  const answers = await reads.unitSums({ tenant, metrics: group.map(({ metric }) => metric), unit, start, end, period, wanted })
  const shared = sharing()
  return answers.map((byUnit, index) => {
    const timestamps: EpochSeconds[] = []
    const values: number[] = []
    const { count, sum, minimum, maximum } = byUnit[0] ?? NO_SLOTS
    const statistic = group[index]!.statistic.basic!
    for (let slot = 0; slot < count.length; slot++) {
      if (!(count[slot]! > 0)) continue
      timestamps.push(epochSeconds(start + slot * period))
      values.push(basicValue(statistic, count[slot]!, sum[slot]!, minimum[slot]!, maximum[slot]!))
    }
    return { timestamps: shared(timestamps), values, units: byUnit.map(one => one.unit) }
  })
}

/** What a statistic needs beside the count. */
const AGGREGATES: Readonly<Record<BasicStatistic, readonly Aggregate[]>> = {
  SampleCount: [], Sum: ['sum'], Average: ['sum'], Minimum: ['minimum'], Maximum: ['maximum'],
}

const NO_SLOTS = windowSlots(0)
const NOTHING: StoredSeries = { timestamps: [], values: [], units: [] }

/** Series mostly have the same times; then they share one list, and what is made of it is made once. */
const sharing = (): ((times: readonly EpochSeconds[]) => readonly EpochSeconds[]) => {
  let last: readonly EpochSeconds[] = []
  return times => (last = times.length === last.length && times.every((at, index) => at === last[index]) ? last : times)
}

/** GetMetricData and alarms on the clock count their buckets from the epoch. */
export const EPOCH = epochSeconds(0)

/** How many buckets of `period` a range touches. */
export const bucketsIn = ({ startOf, end }: ReadRange, period: Seconds): number =>
  Math.max(0, (floorTo(epochSeconds(end - 1), period) - startOf(period)) / period + 1)
