import type { Tenant } from '../base/tenancy.ts'
import type { EpochSeconds, Seconds } from '../base/time.ts'
import type { WindowSlots } from './metric-window.ts'
import type { MetricIdentity, Unit } from './metric.ts'

/** What is summed up of a bucket beside its count. */
export type Aggregate = 'sum' | 'minimum' | 'maximum'

/** Which buckets to read: slot k begins at `start + k·period`; `end` (exclusive) may cut the last one. */
export interface UnitSumsQuery {
  readonly tenant: Tenant
  readonly metrics: readonly MetricIdentity[]
  /** Undefined: every unit that has data, each on its own. */
  readonly unit: Unit | undefined
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  readonly period: Seconds
  readonly wanted: ReadonlySet<Aggregate>
}

/** A metric in one unit: a slot with `count` 0 has no data. The columns of aggregates that were not wanted have no slots. */
export interface UnitSums extends WindowSlots {
  readonly unit: Unit
}

/** As `MetricReads`, for statistics that need no samples: a column for each aggregate instead of an object for each bucket. */
export interface MetricUnitSums {
  /** Of each metric, in their order, the units that have data, in alphabetical order. */
  unitSums(query: UnitSumsQuery): Promise<readonly (readonly UnitSums[])[]>
}
