import { basicValue } from '../../engines/statistics/basic.ts'
import type { EvaluationWindow } from '../../engines/alarms/evaluate.ts'
import { windowStart } from '../../engines/alarms/schedule.ts'
import { epochSeconds, seconds, type EpochSeconds } from '../../base/time.ts'
import { windowSlots, type MetricWindows, type WindowSlots } from '../../model/metric-window.ts'
import type { Watch } from './watch.ts'

/** Reads evaluation windows out of memory. The window it answers is its own and is overwritten by the next read. */
export class RecentWindows {
  readonly #windows: MetricWindows
  #slots: WindowSlots
  #window: EvaluationWindow

  constructor(windows: MetricWindows) {
    this.#windows = windows
    this.#slots = windowSlots(64)
    this.#window = evaluationWindow(64)
  }

  /** Undefined: memory does not reach that far back. */
  read({ plan, record }: Watch, instant: EpochSeconds): EvaluationWindow | undefined {
    const { range, statistic, handle } = plan
    const { period } = record.alarm
    const start = windowStart(instant, period, range)
    if (!this.#windows.covers(start, period, statistic.samples)) return undefined
    if (this.#window.values.length < range) this.#grow(range * 2)

    const slots = this.#slots
    const window = this.#window
    window.length = range
    window.start = start
    window.period = period
    this.#windows.read(handle, start, period, range, slots)
    for (let slot = 0; slot < range; slot++) {
      const count = slots.count[slot]!
      window.counts[slot] = count
      window.values[slot] =
        count === 0 ? NaN
        : statistic.basic !== undefined ? basicValue(statistic.basic, count, slots.sum[slot]!, slots.minimum[slot]!, slots.maximum[slot]!)
        : this.#fromSamples(plan, slot)
    }
    return window
  }

  /** A period whose samples cannot serve the statistic has no datapoint, as in GetMetricData. */
  #fromSamples({ handle, statistic }: Watch['plan'], slot: number): number {
    const start = epochSeconds(this.#window.start + slot * this.#window.period)
    const samples = this.#windows.samples(handle, start, this.#window.period)
    if (samples === undefined) return NaN
    const { count, sum, minimum, maximum } = this.#slots
    const bucket = { start, count: count[slot]!, sum: sum[slot]!, minimum: minimum[slot]!, maximum: maximum[slot]!, ...samples }
    return statistic.compute(bucket) ?? NaN
  }

  #grow(capacity: number): void {
    this.#slots = windowSlots(capacity)
    this.#window = evaluationWindow(capacity)
  }
}

export const evaluationWindow = (capacity: number): EvaluationWindow => ({
  values: new Float64Array(capacity),
  counts: new Float64Array(capacity),
  length: capacity,
  start: epochSeconds(0),
  period: seconds(60),
})
