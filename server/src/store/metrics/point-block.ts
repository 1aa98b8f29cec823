import type { AccountId, Region } from '../../base/tenancy.ts'
import type { EpochSeconds } from '../../base/time.ts'
import type { MetricIdentity, Unit } from '../../model/metric.ts'

/**
 * Points of many series as columns, sorted by (series, seconds). `seconds` are epoch seconds on the resolution's grid; each
 * point stands for `count` samples of exactly `value`. A column may be longer than `length`; what lies beyond is ignored.
 */
export interface PointBlock {
  readonly length: number
  readonly series: BigUint64Array
  readonly seconds: Uint32Array
  readonly value: Float64Array
  readonly count: Float64Array
}

/**
 * Statistic sets whose distribution is unknown (`StatisticValues` that are not degenerate), as columns in the order of
 * {@link PointBlock}. A degenerate set (minimum = maximum, sum = minimum · count) is a point and belongs there.
 */
export interface SetBlock {
  readonly length: number
  readonly series: BigUint64Array
  readonly seconds: Uint32Array
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly minimum: Float64Array
  readonly maximum: Float64Array
}

/** A series: one metric of one tenant in one unit. Written when it is first seen and again when `lastSeen` has moved. */
export interface SeriesRow {
  /** 64-bit hash of all that follows up to `unit`; never zero. */
  readonly id: bigint
  readonly account: AccountId
  readonly region: Region
  readonly metric: MetricIdentity
  readonly unit: Unit
  readonly firstSeen: EpochSeconds
  readonly lastSeen: EpochSeconds
}

/** The grids on which points are written: high resolution (kept three hours) and standard (kept 15 days). */
export type Resolution = 1 | 60
