import { floorTo, seconds, toSeconds, type EpochMillis } from '../../base/time.ts'
import type { LogMetricSample } from '../../model/log-metric.ts'
import { FUTURE_MILLIS, PAST_MILLIS } from '../../model/metric-limits.ts'
import { metricKey } from '../../model/metric.ts'

/** Samples of one metric within one minute, or one second at that resolution: each different value with how often it came. */
export interface FoldedSamples extends Omit<LogMetricSample, 'values'> {
  readonly counts: ReadonlyMap<number, number>
}

/** Gathers the samples of many events, so that a thousand events with the same few values become one datum. */
export class SampleFold {
  readonly #receivedAt: EpochMillis
  readonly #folded = new Map<string, FoldedSamples & { readonly counts: Map<number, number> }>()

  constructor(receivedAt: EpochMillis) {
    this.#receivedAt = receivedAt
  }

  /** What lies outside of the time that metrics may have is left out: it would keep out all that goes along with it. */
  add({ values, ...sample }: LogMetricSample): void {
    const { metric, unit, timestamp, resolution } = sample
    if (!(timestamp >= this.#receivedAt - PAST_MILLIS && timestamp <= this.#receivedAt + FUTURE_MILLIS)) return
    const key = `${floorTo(toSeconds(timestamp), seconds(resolution))} ${resolution} ${unit} ${metricKey(metric)}`
    let folded = this.#folded.get(key)
    if (folded === undefined) this.#folded.set(key, (folded = { ...sample, counts: new Map() }))
    for (const value of values) folded.counts.set(value, (folded.counts.get(value) ?? 0) + 1)
  }

  /** In the order in which they came first. */
  get samples(): readonly FoldedSamples[] {
    return [...this.#folded.values()]
  }
}
