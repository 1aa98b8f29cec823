import type { MetricColumns, SeriesNumber } from '../../model/metric-columns.ts'
import { FUTURE_MILLIS, isStorable, MAX_VALUE, PAST_MILLIS } from '../../model/metric-limits.ts'
import { UNITS } from '../../model/metric.ts'
import { HIGH_RESOLUTION_MILLIS, MAX_VALUES } from './limits.ts'

/** Position of `None` in {@link UNITS}: what a datum without a unit has. */
const UNIT_NONE = UNITS.indexOf('None')

export const HAS_VALUE = 1
export const HAS_VALUES = 2
export const HAS_COUNTS = 4
export const HAS_SET = 8

/**
 * One datum on its way from bytes to columns, apart from what identifies its series. Reused from datum to datum, so that a
 * scanner allocates nothing per datum.
 */
export class Datum {
  /** Which of the `HAS_…` members were there. */
  has = 0
  /** Position in {@link UNITS}. */
  unit = UNIT_NONE
  storageResolution = 60
  /** Milliseconds since the epoch; NaN: none given. */
  timestamp = NaN
  value = 0
  values = new Float64Array(MAX_VALUES)
  valueCount = 0
  counts = new Float64Array(MAX_VALUES)
  countCount = 0
  sampleCount = 0
  sum = 0
  minimum = 0
  maximum = 0

  clear(): void {
    this.has = 0
    this.unit = UNIT_NONE
    this.storageResolution = 60
    this.timestamp = NaN
    this.valueCount = 0
    this.countCount = 0
  }

  /**
   * Appends the datum's rows for `series`, or answers false (with nothing or only a part appended) when it breaks any rule:
   * the caller then starts over with the path that says which.
   */
  write(columns: MetricColumns, series: SeriesNumber, receivedAt: number): boolean {
    const at = this.timestamp !== this.timestamp ? receivedAt : this.timestamp
    if (!(at >= receivedAt - PAST_MILLIS && at <= receivedAt + FUTURE_MILLIS)) return false
    const asked = this.storageResolution
    if (asked !== 60 && asked !== 1) return false
    const resolution = asked === 1 && at >= receivedAt - HIGH_RESOLUTION_MILLIS ? 1 : 60
    const seconds = resolution === 1 ? Math.floor(at / 1000) : Math.floor(at / 60_000) * 60
    switch (this.has) {
      case HAS_VALUE:
        if (!isStorable(this.value)) return false
        columns.addPoint(series, seconds, resolution, this.value + 0, 1)
        return true
      case HAS_VALUES:
        return this.#writeValues(columns, series, seconds, resolution, false)
      case HAS_VALUES | HAS_COUNTS:
        return this.#writeValues(columns, series, seconds, resolution, true)
      case HAS_SET:
        if (!isSampleCount(this.sampleCount) || !isStorable(this.sum)) return false
        if (!isStorable(this.minimum) || !isStorable(this.maximum) || this.minimum > this.maximum) return false
        columns.addSet(series, seconds, resolution, this.sampleCount, this.sum + 0, this.minimum + 0, this.maximum + 0)
        return true
      default:
        return false
    }
  }

  #writeValues(columns: MetricColumns, series: SeriesNumber, seconds: number, resolution: 1 | 60, counted: boolean): boolean {
    if (this.valueCount === 0) return false
    if (counted && this.countCount !== this.valueCount) return false
    for (let i = 0; i < this.valueCount; i++) {
      const value = this.values[i]!
      const count = counted ? this.counts[i]! : 1
      if (!isStorable(value) || !isCount(count)) return false
      // A count of nought says that the value did not occur.
      if (count > 0) columns.addPoint(series, seconds, resolution, value + 0, count)
    }
    return true
  }
}

/** Refuses NaN, as `isStorable` does. The `+ 0` at the writes above turns -0 into 0: they are one value. */
export const isCount = (count: number): boolean => count >= 0 && count <= MAX_VALUE
export const isSampleCount = (count: number): boolean => count > 0 && count <= MAX_VALUE
