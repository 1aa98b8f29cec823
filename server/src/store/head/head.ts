import type { Tenant } from '../../base/tenancy.ts'
import { epochSeconds, toSeconds, type EpochMillis, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { MetricColumns, SeriesNumber } from '../../model/metric-columns.ts'
import { metricKey, type Bucket, type MetricIdentity, type SumsSink, type Unit } from '../../model/metric.ts'
import type { MetricWindows, WindowHandle, WindowSamples, WindowSlots } from '../../model/metric-window.ts'
import { BucketBuilder } from './bucket-builder.ts'
import type { IndexedMetric, SeriesIndex } from './series-index.ts'
import { SampleGather, type PlacedBuckets, type SampleGrid } from './sample-gather.ts'
import { Slice, type SliceVisitor } from './slice.ts'

const MINUTE = 60
/** As long as high-resolution points are kept; it serves the usual dashboard and every usual alarm. */
const REACH_SECONDS = 3 * 3600
/** Room for 10,000 series with a value a minute over the whole reach, twice over. */
const MAX_BYTES = 96 * 1024 ** 2
/** Minutes after which a slice is not expected to grow much. */
const SETTLED_MINUTES = 3

/**
 * The recent past of every series, in memory: minute slices with exact sums, and each sample with its second as long as there is room.
 * It is complete from {@link from} on. When it would outgrow its bound, the samples of the oldest slices go first (their
 * sums stay), then the oldest slices.
 */
export class Head implements MetricWindows {
  readonly #index: SeriesIndex
  readonly #maxBytes: number
  /** By their minute (start / 60). */
  readonly #slices = new Map<number, Slice>()
  #last: Slice | undefined
  #from: number
  /** Up to here something is not in the head that was accepted: from before its time, passed over, or let go of. */
  #missing: number
  #detailedFrom: number
  #newest = 0
  /** Rows added since memory was last measured. */
  #unmeasured = 0
  /** The slices of the window of minutes that was read last; they are looked up anew when a slice comes or goes. */
  #aimed: readonly (Slice | undefined)[] = []
  #aimedFirst = -1
  readonly #filler = new SlotFiller()
  readonly #builder = new BucketBuilder()

  /** A new head knows nothing of what was before `now`; {@link reachBack} lets it be filled with that. */
  constructor(index: SeriesIndex, now: EpochMillis, maxBytes = MAX_BYTES) {
    this.#index = index
    this.#maxBytes = maxBytes
    this.#from = Math.ceil(toSeconds(now) / MINUTE) * MINUTE
    this.#detailedFrom = this.#from
    this.#missing = this.#from
  }

  /** From here on every datum that was accepted is in the head. */
  get from(): EpochSeconds {
    return epochSeconds(this.#from)
  }

  /** From here on each single sample is, too. */
  get detailedFrom(): EpochSeconds {
    return epochSeconds(Math.max(this.#from, this.#detailedFrom))
  }

  get bytes(): number {
    let bytes = 0
    for (const slice of this.#slices.values()) bytes += slice.bytes
    return bytes
  }

  /** Declares the head complete from `start` (a whole minute) on; for the one who has just filled it from the store. */
  reachBack(start: EpochSeconds): void {
    if (start >= this.#from) return
    if (this.#detailedFrom === this.#from) this.#detailedFrom = start
    this.#from = start
    this.#missing = start
  }

  apply(columns: MetricColumns): void {
    const { series, seconds, value, count } = columns
    for (let row = 0; row < columns.points; row++) {
      const at = seconds[row]!
      this.#index.touch(series[row]!, at)
      const slice = this.#sliceFor(at)
      if (slice !== undefined) slice.addPoint(series[row]!, at - slice.start, value[row]!, count[row]!)
    }
    const { setSeries, setSeconds, setCount, setSum, setMinimum, setMaximum } = columns
    for (let row = 0; row < columns.sets; row++) {
      const at = setSeconds[row]!
      this.#index.touch(setSeries[row]!, at)
      const slice = this.#sliceFor(at)
      slice?.addSet(setSeries[row]!, at % MINUTE, setCount[row]!, setSum[row]!, setMinimum[row]!, setMaximum[row]!)
    }
    this.#unmeasured += columns.points + columns.sets
    if (this.#unmeasured >= 16_384) this.#shrink()
  }

  /** Forgets what has become too old, and gives back spare room; to be called about once a minute. */
  advance(now: EpochMillis): void {
    const oldest = Math.floor((toSeconds(now) - REACH_SECONDS) / MINUTE) * MINUTE
    for (const slice of this.#slices.values()) if (slice.start < oldest) this.#drop(slice)
    // This also moves it back, after a clock that was far ahead has come back.
    this.#from = Math.max(oldest, this.#missing)
    const settled = Math.floor(toSeconds(now) / MINUTE) - SETTLED_MINUTES
    this.#slices.get(settled)?.trim()
    this.#shrink()
  }

  open(tenant: Tenant, metric: MetricIdentity, unit: Unit | undefined): WindowHandle {
    return new OpenWindow(tenant, metric, unit, metricKey(metric))
  }

  covers(start: EpochSeconds, period: Seconds, samples: boolean): boolean {
    const detailed = samples || period % MINUTE !== 0 || start % MINUTE !== 0
    return start >= (detailed ? this.detailedFrom : this.#from)
  }

  read(handle: WindowHandle, start: EpochSeconds, period: Seconds, slots: number, out: WindowSlots): number {
    const { count, sum, minimum, maximum } = out
    for (let slot = 0; slot < slots; slot++) count[slot] = sum[slot] = minimum[slot] = maximum[slot] = 0
    const whole = period % MINUTE === 0 && start % MINUTE === 0
    if (whole) this.#aim(start / MINUTE, (period / MINUTE) * slots)
    for (const series of this.#seriesOf(handle)) {
      const filled = whole ? this.#readMinutes(series, period / MINUTE, slots, out) : this.#readSeconds(series, start, period, slots, out)
      if (filled > 0) return filled
    }
    return 0
  }

  /** As {@link read}, of one series. */
  readSeries(series: SeriesNumber, start: EpochSeconds, period: Seconds, slots: number, out: WindowSlots): number {
    const { count, sum, minimum, maximum } = out
    for (let slot = 0; slot < slots; slot++) count[slot] = sum[slot] = minimum[slot] = maximum[slot] = 0
    if (period % MINUTE !== 0 || start % MINUTE !== 0) return this.#readSeconds(series, start, period, slots, out)
    this.#aim(start / MINUTE, (period / MINUTE) * slots)
    return this.#readMinutes(series, period / MINUTE, slots, out)
  }

  samples(handle: WindowHandle, start: EpochSeconds, period: Seconds): WindowSamples | undefined {
    for (const series of this.#seriesOf(handle)) {
      const bucket = this.buckets(series, start, epochSeconds(start + period), period, start, true)[0]
      if (bucket === undefined) continue
      const { values, weights } = bucket
      if (values === undefined || weights === undefined) return undefined
      return { values: values as Float64Array, weights: weights as Float64Array }
    }
    return undefined
  }

  /** Non-empty buckets of one series in [start, end), oldest first; they begin at `origin + k·period`. */
  buckets(
    series: SeriesNumber, start: EpochSeconds, end: EpochSeconds, period: Seconds, origin: EpochSeconds, samples: boolean,
  ): readonly Bucket[] {
    if (samples) return this.sampleBuckets([series], { start, end, period, origin }).get(0)
    const builder = this.#builder
    builder.begin(start, end, period, origin)
    const whole = [start, period, origin].every(bound => bound % MINUTE === 0)
    const last = Math.min(Math.ceil(end / MINUTE), this.#newest + 1)
    for (let minute = Math.floor(start / MINUTE); minute < last; minute++) {
      const slice = this.#slices.get(minute)
      if (slice === undefined) continue
      if (whole && slice.start < end) builder.addMinute(slice, series)
      else builder.addDetails(slice, series)
    }
    return builder.finish()
  }

  /** As {@link buckets} with samples, of many series: minute after minute, since finding a slice's columns is most of the work. */
  sampleBuckets(series: readonly SeriesNumber[], grid: SampleGrid): PlacedBuckets {
    const gather = new SampleGather(series.length, grid)
    const last = Math.min(Math.ceil(grid.end / MINUTE), this.#newest + 1)
    for (let minute = Math.floor(grid.start / MINUTE); minute < last; minute++) {
      const slice = this.#slices.get(minute)
      if (slice === undefined) continue
      gather.beginMinute(slice.start)
      slice.visitEach(series, gather)
    }
    return gather.finish()
  }

  /**
   * Sums of many series in [from, until), whole minutes all of them; slot k holds [start + k·period, start + (k + 1)·period). The sink
   * gets a series by its place in the list, minute after minute.
   */
  sumMinutes(series: readonly SeriesNumber[], from: number, until: number, { start, period }: { readonly start: number; readonly period: number }, sink: SumsSink): void {
    const last = Math.min(until / MINUTE, this.#newest + 1)
    for (let minute = from / MINUTE; minute < last; minute++) {
      this.#slices.get(minute)?.sumEach(series, Math.floor((minute * MINUTE - start) / period), sink)
    }
  }

  #seriesOf(handle: WindowHandle): readonly SeriesNumber[] {
    return (handle as OpenWindow).series(this.#index)
  }

  /** Looks up the slices of a window of minutes; in a round, most alarms have the same one. */
  #aim(first: number, minutes: number): void {
    if (this.#aimedFirst === first && this.#aimed.length === minutes) return
    this.#aimedFirst = first
    this.#aimed = Array.from({ length: minutes }, (_, minute) => this.#slices.get(first + minute))
  }

  #readMinutes(series: SeriesNumber, minutes: number, slots: number, out: WindowSlots): number {
    const { count, sum, minimum, maximum } = out
    const aimed = this.#aimed
    let minute = 0
    let filled = 0
    for (let slot = 0; slot < slots; slot++) {
      let found = false
      for (const end = minute + minutes; minute < end; minute++) {
        if (aimed[minute]?.addSums(series, count, sum, minimum, maximum, slot) === true) found = true
      }
      if (found) filled++
    }
    return filled
  }

  #readSeconds(series: SeriesNumber, start: number, period: number, slots: number, out: WindowSlots): number {
    const filler = this.#filler
    filler.begin(start, period, slots, out)
    const end = start + period * slots
    for (let minute = Math.floor(start / MINUTE); minute * MINUTE < end; minute++) {
      const slice = this.#slices.get(minute)
      if (slice === undefined) continue
      filler.sliceStart = slice.start
      slice.visit(series, filler)
    }
    return filler.filled
  }

  #sliceFor(at: number): Slice | undefined {
    const last = this.#last
    if (last !== undefined && at >= last.start && at < last.start + MINUTE) return last
    const minute = Math.floor(at / MINUTE)
    if (at < this.#from) {
      this.#missing = Math.max(this.#missing, (minute + 1) * MINUTE)
      return undefined
    }
    let slice = this.#slices.get(minute)
    if (slice === undefined) {
      slice = new Slice(minute * MINUTE)
      this.#slices.set(minute, slice)
      this.#aimedFirst = -1
      if (minute > this.#newest) this.#newest = minute
    }
    this.#last = slice
    return slice
  }

  #shrink(): void {
    this.#unmeasured = 0
    let bytes = this.bytes
    if (bytes <= this.#maxBytes) return
    const oldestFirst = [...this.#slices.values()].sort((a, b) => a.start - b.start)
    for (const slice of oldestFirst) {
      if (bytes <= this.#maxBytes) return
      if (!slice.detailed || slice.detailBytes === 0) continue
      bytes -= slice.detailBytes
      slice.dropDetails()
      this.#detailedFrom = Math.max(this.#detailedFrom, slice.start + MINUTE)
    }
    for (const slice of oldestFirst) {
      if (bytes <= this.#maxBytes) return
      bytes -= slice.bytes
      this.#drop(slice)
      this.#from = Math.max(this.#from, this.#missing)
    }
  }

  #drop(slice: Slice): void {
    this.#slices.delete(slice.start / MINUTE)
    this.#missing = Math.max(this.#missing, slice.start + MINUTE)
    this.#last = undefined
    this.#aimedFirst = -1
  }
}

/** Finds its series when the metric first appears, and follows the units that come later. */
class OpenWindow implements WindowHandle {
  readonly tenant: Tenant
  readonly metric: MetricIdentity
  readonly unit: Unit | undefined
  readonly #key: string
  #indexed: IndexedMetric | undefined
  #one: readonly SeriesNumber[] = []

  constructor(tenant: Tenant, metric: MetricIdentity, unit: Unit | undefined, key: string) {
    this.tenant = tenant
    this.metric = metric
    this.unit = unit
    this.#key = key
  }

  series(index: SeriesIndex): readonly SeriesNumber[] {
    this.#indexed ??= index.find(this.tenant, this.#key)
    if (this.#indexed === undefined) return []
    if (this.unit === undefined) return this.#indexed.series
    if (this.#one.length === 0) {
      const place = this.#indexed.units.indexOf(this.unit)
      if (place >= 0) this.#one = [this.#indexed.series[place]!]
    }
    return this.#one
  }
}

/** Sorts single samples into slots; kept for reuse. */
class SlotFiller implements SliceVisitor {
  sliceStart = 0
  filled = 0
  #start = 0
  #period = 1
  #slots = 0
  #out!: WindowSlots

  begin(start: number, period: number, slots: number, out: WindowSlots): void {
    this.#start = start
    this.#period = period
    this.#slots = slots
    this.#out = out
    this.filled = 0
  }

  point(second: number, value: number, count: number): void {
    this.set(second, count, value * count, value, value)
  }

  set(second: number, count: number, sum: number, minimum: number, maximum: number): void {
    const slot = Math.floor((this.sliceStart + second - this.#start) / this.#period)
    if (slot < 0 || slot >= this.#slots) return
    const out = this.#out
    if (out.count[slot] === 0) {
      this.filled++
      out.minimum[slot] = minimum
      out.maximum[slot] = maximum
    } else {
      if (minimum < out.minimum[slot]!) out.minimum[slot] = minimum
      if (maximum > out.maximum[slot]!) out.maximum[slot] = maximum
    }
    out.count[slot] = out.count[slot]! + count
    out.sum[slot] = out.sum[slot]! + sum
  }
}
