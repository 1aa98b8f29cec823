import type { EpochMillis } from '../../base/time.ts'
import type { Dimension } from '../../model/metric.ts'

/** Different names and values of dimensions in an hour that disable a metric filter (PutMetricFilter, API reference 2014-03-28). */
const PAIRS = 1000
const HOUR = 3_600_000

/**
 * Counts what a filter's samples have as dimensions, so that a field with a value for every request does not make a metric of each.
 * An hour begins with the first sample after the hour before. Whoever asks keeps that the filter is disabled.
 */
export class DimensionBudget {
  readonly #pairs = new Set<string>()
  #since = Number.NEGATIVE_INFINITY

  /** False: with this sample the filter reaches the limit. It is not to be published, and the filter is to be disabled. */
  admits(dimensions: readonly Dimension[], now: EpochMillis): boolean {
    if (now >= this.#since + HOUR) {
      this.#since = now
      this.#pairs.clear()
    }
    for (const { name, value } of dimensions) this.#pairs.add(`${name}\u0001${value}`)
    return this.#pairs.size < PAIRS
  }
}
