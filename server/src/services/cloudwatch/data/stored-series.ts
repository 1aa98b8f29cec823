import { epochSeconds, type EpochSeconds } from '../../../base/time.ts'
import type { Statistic } from '../../../engines/statistics/statistic.ts'
import type { BucketQuery, MetricReads, Unit } from '../../../model/metric.ts'
import type { Series } from '../ports.ts'

interface StoredSeries extends Series {
  /** All units that have data in the range, in alphabetical order; the series is of the first. */
  readonly units: readonly Unit[]
}

/** One statistic of one metric. A bucket whose samples cannot serve the statistic has no datapoint. */
export const readSeries = async (
  reads: MetricReads,
  query: Omit<BucketQuery, 'samples'>,
  statistic: Statistic,
): Promise<StoredSeries> => {
  const byUnit = query.start < query.end ? await reads.read({ ...query, samples: statistic.samples }) : []
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
