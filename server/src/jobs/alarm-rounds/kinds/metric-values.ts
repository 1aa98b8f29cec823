import type { Tenant } from '../../../base/tenancy.ts'
import { epochSeconds, type EpochSeconds, type Seconds } from '../../../base/time.ts'
import type { Grid } from '../../../engines/expressions/program.ts'
import { basicValue } from '../../../engines/statistics/basic.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { Statistic } from '../../../engines/statistics/statistic.ts'
import type { QueriedMetric } from '../../../model/alarm.ts'
import type { MetricReads, UnitBuckets } from '../../../model/metric.ts'
import { windowSlots, type MetricWindows, type WindowHandle, type WindowSlots } from '../../../model/metric-window.ts'

/** One statistic of a stored metric, as an alarm watches it. */
export interface WatchedMetric {
  readonly handle: WindowHandle
  readonly statistic: Statistic
  readonly period: Seconds
}

/** Room for a range of periods, oldest first. NaN: no datapoint. */
export interface Values {
  readonly values: Float64Array
  /** Sample counts. */
  readonly counts: Float64Array
}

/** A metric, and where its values are to be put. */
export interface Wanted {
  readonly watched: WatchedMetric
  readonly room: Values
}

export const roomFor = (length: number): Values => ({ values: new Float64Array(length), counts: new Float64Array(length) })

/** Reads statistics of stored metrics over the periods `start + k·period`, from memory at once, or from the store. */
export class MetricValues {
  readonly #windows: MetricWindows
  readonly #reads: MetricReads
  #slots: WindowSlots = windowSlots(64)

  constructor(windows: MetricWindows, reads: MetricReads) {
    this.#windows = windows
    this.#reads = reads
  }

  /** Undefined for a statistic that nobody can compute, which no door lets in. */
  open(tenant: Tenant, { metric, unit, statistic, period }: QueriedMetric): WatchedMetric | undefined {
    const parsed = parseStatistic(statistic)
    return parsed.ok ? { handle: this.#windows.open(tenant, metric, unit), statistic: parsed.statistic, period } : undefined
  }

  /** False: memory does not reach that far back, and nothing was read. */
  recall({ handle, statistic, period }: WatchedMetric, start: EpochSeconds, length: number, { values, counts }: Values): boolean {
    if (!this.#windows.covers(start, period, statistic.samples)) return false
    if (this.#slots.count.length < length) this.#slots = windowSlots(length * 2)
    const slots = this.#slots
    this.#windows.read(handle, start, period, length, slots)
    const { basic } = statistic
    for (let slot = 0; slot < length; slot++) {
      const count = slots.count[slot]!
      counts[slot] = count
      values[slot] =
        count === 0 ? NaN
        : basic !== undefined ? basicValue(basic, count, slots.sum[slot]!, slots.minimum[slot]!, slots.maximum[slot]!)
        : this.#fromSamples(handle, statistic, epochSeconds(start + slot * period), period, slot)
    }
    return true
  }

  /** The same over runs of periods, each of a length of its own, that follow upon each other. */
  recallRuns(watched: WatchedMetric, runs: readonly Grid[], room: Values): boolean {
    const [first] = runs
    if (runs.length === 1 && first?.period === watched.period) return this.recall(watched, first.start, first.length, room)
    let from = 0
    return runs.every(({ start, period, length }) => {
      const read = this.recall({ ...watched, period }, start, length, part(room, from, length))
      from += length
      return read
    })
  }

  async fetchRuns(wanted: readonly Wanted[], runs: readonly Grid[]): Promise<void> {
    let from = 0
    await Promise.all(runs.map(({ start, period, length }) => {
      const parts = wanted.map(({ watched, room }) => ({ watched: { ...watched, period }, room: part(room, from, length) }))
      from += length
      return this.fetch(parts, start, length)
    }))
  }

  /** All are of one tenant and of one period. Those of one unit, and alike with or without samples, are read together. */
  async fetch(wanted: readonly Wanted[], start: EpochSeconds, length: number): Promise<void> {
    const alike = new Map<string, Wanted[]>()
    for (const each of wanted) {
      const { handle, statistic } = each.watched
      const key = `${handle.unit ?? ''} ${statistic.samples}`
      const group = alike.get(key)
      if (group === undefined) alike.set(key, [each])
      else group.push(each)
    }
    await Promise.all([...alike.values()].map(group => this.#fetchAlike(group, start, length)))
  }

  async #fetchAlike(wanted: readonly Wanted[], start: EpochSeconds, length: number): Promise<void> {
    const { handle: { tenant, unit }, statistic: { samples }, period } = wanted[0]!.watched
    const metrics = wanted.map(({ watched }) => watched.handle.metric)
    const end = epochSeconds(start + length * period)
    const found = await this.#reads.readMany({ tenant, metrics, unit, start, end, period, origin: start, samples })
    for (const [place, { watched, room }] of wanted.entries()) fill(room, watched, start, found[place]!)
  }

  /** A period whose samples cannot serve the statistic has no datapoint, as in GetMetricData. */
  #fromSamples(handle: WindowHandle, statistic: Statistic, start: EpochSeconds, period: Seconds, slot: number): number {
    const samples = this.#windows.samples(handle, start, period)
    if (samples === undefined) return NaN
    const { count, sum, minimum, maximum } = this.#slots
    const bucket = { start, count: count[slot]!, sum: sum[slot]!, minimum: minimum[slot]!, maximum: maximum[slot]!, ...samples }
    return statistic.compute(bucket) ?? NaN
  }
}

const part = ({ values, counts }: Values, from: number, length: number): Values =>
  ({ values: values.subarray(from, from + length), counts: counts.subarray(from, from + length) })

/** Without a unit, the alphabetically first one that has data counts. */
const fill = ({ values, counts }: Values, { statistic, period }: WatchedMetric, start: EpochSeconds, units: readonly UnitBuckets[]): void => {
  values.fill(NaN)
  counts.fill(0)
  for (const bucket of units[0]?.buckets ?? []) {
    const slot = (bucket.start - start) / period
    counts[slot] = bucket.count
    values[slot] = statistic.compute(bucket) ?? NaN
  }
}
