import type { Tenant } from '../base/tenancy.ts'
import type { EpochSeconds, Seconds } from '../base/time.ts'
import type { MetricIdentity, Unit } from './metric.ts'

/** One metric as an alarm watches it: opened once per alarm and kept. The metric need not exist yet. */
export interface WindowHandle {
  readonly tenant: Tenant
  readonly metric: MetricIdentity
  /** Undefined: the alphabetically first unit that has data in the window that is read (as GetMetricData chooses). */
  readonly unit: Unit | undefined
}

/** Room for the answer, owned and reused by the reader. Slot 0 is the oldest. A slot with `count` 0 has no data, and its others are 0. */
export interface WindowSlots {
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly minimum: Float64Array
  readonly maximum: Float64Array
}

export const windowSlots = (capacity: number): WindowSlots => ({
  count: new Float64Array(capacity),
  sum: new Float64Array(capacity),
  minimum: new Float64Array(capacity),
  maximum: new Float64Array(capacity),
})

/** Distinct values of one slot, ascending, with how many samples each stands for; they are valid until the next read. */
export interface WindowSamples {
  readonly values: Float64Array
  readonly weights: Float64Array
}

/**
 * Reads of the recent past out of memory, synchronous and cheap enough for ten thousand alarms a round (about 0.1 µs a slot).
 * What lies below its reach is answered by `MetricReads`: ask `covers` first.
 */
export interface MetricWindows {
  open(tenant: Tenant, metric: MetricIdentity, unit: Unit | undefined): WindowHandle
  /**
   * Whether slots of `period` seconds from `start` on are completely in memory. With `samples` (percentiles and trimmed
   * statistics), or with bounds that are not on whole minutes, more has to be there.
   */
  covers(start: EpochSeconds, period: Seconds, samples: boolean): boolean
  /** Fills `out[0 … slots)`: slot k holds [start + k·period, start + (k + 1)·period). Answers how many slots have data. */
  read(handle: WindowHandle, start: EpochSeconds, period: Seconds, slots: number, out: WindowSlots): number
  /**
   * The samples of one slot [start, start + period); undefined when it has none, or when they cannot serve extended
   * statistics (a negative sample, a statistic set whose distribution is unknown).
   */
  samples(handle: WindowHandle, start: EpochSeconds, period: Seconds): WindowSamples | undefined
}
