import type { SeriesNumber } from '../../model/metric-columns.ts'
import type { Bucket } from '../../model/metric.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Slice, SliceVisitor } from './slice.ts'

/** Collects slices, oldest first, into buckets. Reused from read to read. */
export class BucketBuilder implements SliceVisitor {
  #start = 0
  #end = 0
  #period = 1
  #origin = 0
  #buckets: OpenBucket[] = []
  #sliceStart = 0
  readonly #count = new Float64Array(1)
  readonly #sum = new Float64Array(1)
  readonly #minimum = new Float64Array(1)
  readonly #maximum = new Float64Array(1)

  begin(start: number, end: number, period: number, origin: number): void {
    this.#start = start
    this.#end = end
    this.#period = period
    this.#origin = origin
    this.#buckets = []
  }

  /** The sums of a whole minute, which lies within one bucket. */
  addMinute(slice: Slice, series: SeriesNumber): void {
    this.#count[0] = 0
    this.#sum[0] = 0
    if (!slice.addSums(series, this.#count, this.#sum, this.#minimum, this.#maximum, 0)) return
    this.#bucketAt(slice.start).add(this.#count[0], this.#sum[0], this.#minimum[0]!, this.#maximum[0]!)
  }

  /** Sample by sample, for buckets below a minute. */
  addDetails(slice: Slice, series: SeriesNumber): void {
    this.#sliceStart = slice.start
    slice.visit(series, this)
  }

  point(second: number, value: number, count: number): void {
    const at = this.#sliceStart + second
    if (at < this.#start || at >= this.#end) return
    const bucket = this.#bucketAt(at)
    bucket.add(count, value * count, value, value)
  }

  set(second: number, count: number, sum: number, minimum: number, maximum: number): void {
    const at = this.#sliceStart + second
    if (at < this.#start || at >= this.#end) return
    const bucket = this.#bucketAt(at)
    bucket.add(count, sum, minimum, maximum)
  }

  finish(): readonly Bucket[] {
    const buckets = this.#buckets
    this.#buckets = []
    // A slice shows its samples newest first, so the buckets within a minute come in any order.
    buckets.sort((a, b) => a.start - b.start)
    return buckets.map(bucket => bucket.close())
  }

  #bucketAt(at: number): OpenBucket {
    const start = this.#origin + Math.floor((at - this.#origin) / this.#period) * this.#period
    for (let i = this.#buckets.length - 1; i >= 0; i--) {
      const bucket = this.#buckets[i]!
      if (bucket.start === start) return bucket
      // Only the buckets of one minute can be out of order: an older one may stand in front of one that is still open.
      if (bucket.start + 2 * this.#period <= this.#sliceStart - 60) break
    }
    const bucket = new OpenBucket(start)
    this.#buckets.push(bucket)
    return bucket
  }
}

class OpenBucket {
  readonly start: number
  #count = 0
  #sum = 0
  #minimum = Infinity
  #maximum = -Infinity

  constructor(start: number) {
    this.start = start
  }

  add(count: number, sum: number, minimum: number, maximum: number): void {
    this.#count += count
    this.#sum += sum
    if (minimum < this.#minimum) this.#minimum = minimum
    if (maximum > this.#maximum) this.#maximum = maximum
  }

  close(): Bucket {
    return { start: epochSeconds(this.start), count: this.#count, sum: this.#sum, minimum: this.#minimum, maximum: this.#maximum }
  }
}
