import { doubled, type SeriesNumber } from '../../model/metric-columns.ts'
import type { SumsSink } from '../../model/metric.ts'

/** Series are looked up in pages, so that a slice in which few series have data stays small. */
const PAGE_BITS = 8
const PAGE = 1 << PAGE_BITS
/**
 * How many of the newest points are compared with a new one to fold it; beyond that folding is left to the reader. Each step of a
 * long chain misses the processor's cache: eight of them took a sixth of all the time that intake takes.
 */
const FOLD_WITHIN = 2
const NONE = -1

/** What a reader of a slice is told: samples of a value, or a statistic set. `second` counts from the slice's start. */
export interface SliceVisitor {
  point(second: number, value: number, count: number): void
  set(second: number, count: number, sum: number, minimum: number, maximum: number): void
}

/** As {@link SliceVisitor}, of several series: `place` is that of the series in their list. */
export interface PlacedVisitor {
  point(place: number, second: number, value: number, count: number): void
  set(place: number, second: number, count: number, sum: number, minimum: number, maximum: number): void
}

/**
 * One minute of all series. Most series have one value in a minute: such a cell is 21 bytes and nothing else. A cell that
 * gets a second value has its sums kept aside, and its points in a chain (the details), which can be let go of when memory
 * is short while the sums stay.
 */
export class Slice {
  readonly start: number
  /** False once the details were dropped: sums over the whole minute are all that is left. */
  detailed = true

  readonly #pages: (Int32Array | undefined)[] = []
  #pageCount = 0
  #cells = 0
  #value = new Float64Array(16)
  #weight = new Float64Array(16)
  #second = new Uint8Array(16)
  /** Position among the sums, or NONE for a cell with a single value. */
  #extra = new Int32Array(16)

  #extras = 0
  #count = new Float64Array(0)
  #sum = new Float64Array(0)
  #minimum = new Float64Array(0)
  #maximum = new Float64Array(0)
  #pointChain = new Int32Array(0)
  #setChain = new Int32Array(0)

  #points = 0
  #pointValue = new Float64Array(0)
  #pointWeight = new Float64Array(0)
  #pointSecond = new Uint8Array(0)
  #pointNext = new Int32Array(0)

  #sets = 0
  #setCount = new Float64Array(0)
  #setSum = new Float64Array(0)
  #setMinimum = new Float64Array(0)
  #setMaximum = new Float64Array(0)
  #setSecond = new Uint8Array(0)
  #setNext = new Int32Array(0)

  /** `start`: epoch seconds of the minute. */
  constructor(start: number) {
    this.start = start
  }

  /** What the slice holds of memory, roughly. */
  get bytes(): number {
    return this.#pageCount * PAGE * 4 + this.#value.length * 21 + this.#count.length * 40 + this.detailBytes
  }

  get detailBytes(): number {
    return this.#pointValue.length * 21 + this.#setCount.length * 37
  }

  addPoint(series: SeriesNumber, second: number, value: number, count: number): void {
    const cell = this.#cellOf(series)
    if (cell < 0) {
      this.#newCell(series, second, value, count, NONE)
      return
    }
    let extra = this.#extra[cell]!
    if (extra === NONE) {
      if (this.#value[cell] === value && this.#second[cell] === second) {
        this.#weight[cell] = this.#weight[cell]! + count
        return
      }
      extra = this.#spread(cell)
    }
    this.#addToSums(extra, count, value * count, value, value)
    if (this.detailed) this.#chainPoint(extra, second, value, count)
  }

  addSet(series: SeriesNumber, second: number, count: number, sum: number, minimum: number, maximum: number): void {
    let cell = this.#cellOf(series)
    if (cell < 0) cell = this.#newCell(series, second, 0, 0, this.#newExtra())
    const extra = this.#extra[cell] === NONE ? this.#spread(cell) : this.#extra[cell]!
    this.#addToSums(extra, count, sum, minimum, maximum)
    if (!this.detailed) return
    const at = this.#sets
    if (at === this.#setCount.length) this.#growSets()
    this.#setCount[at] = count
    this.#setSum[at] = sum
    this.#setMinimum[at] = minimum
    this.#setMaximum[at] = maximum
    this.#setSecond[at] = second
    this.#setNext[at] = this.#setChain[extra]!
    this.#setChain[extra] = at
    this.#sets = at + 1
  }

  /** Adds the minute's sums of a series to slot `at`; false when it has no data. A slot with count 0 is empty. */
  addSums(series: SeriesNumber, count: Float64Array, sum: Float64Array, minimum: Float64Array, maximum: Float64Array, at: number): boolean {
    const cell = this.#cellOf(series)
    if (cell < 0) return false
    const extra = this.#extra[cell]!
    const single = extra === NONE
    const value = this.#value[cell]!
    const added = single ? this.#weight[cell]! : this.#count[extra]!
    const lowest = single ? value : this.#minimum[extra]!
    const highest = single ? value : this.#maximum[extra]!
    const total = single ? value * added : this.#sum[extra]!
    if (count[at] === 0) {
      minimum[at] = lowest
      maximum[at] = highest
    } else {
      if (lowest < minimum[at]!) minimum[at] = lowest
      if (highest > maximum[at]!) maximum[at] = highest
    }
    count[at] = count[at]! + added
    sum[at] = sum[at]! + total
    return true
  }

  /** Shows all that a series has in this minute; only while it is {@link detailed}. */
  visit(series: SeriesNumber, visitor: SliceVisitor): void {
    const cell = this.#cellOf(series)
    if (cell < 0) return
    const extra = this.#extra[cell]!
    if (extra === NONE) {
      visitor.point(this.#second[cell]!, this.#value[cell]!, this.#weight[cell]!)
      return
    }
    for (let at = this.#pointChain[extra]!; at !== NONE; at = this.#pointNext[at]!) {
      visitor.point(this.#pointSecond[at]!, this.#pointValue[at]!, this.#pointWeight[at]!)
    }
    for (let at = this.#setChain[extra]!; at !== NONE; at = this.#setNext[at]!) {
      visitor.set(this.#setSecond[at]!, this.#setCount[at]!, this.#setSum[at]!, this.#setMinimum[at]!, this.#setMaximum[at]!)
    }
  }

  /** As {@link visit}, of many series: a slice's columns are found once for all of them, and stay in the processor's cache. */
  visitEach(series: readonly SeriesNumber[], visitor: PlacedVisitor): void {
    const [chains, values, weights, seconds, next] = [this.#pointChain, this.#pointValue, this.#pointWeight, this.#pointSecond, this.#pointNext]
    for (let place = 0; place < series.length; place++) {
      const cell = this.#cellOf(series[place]!)
      if (cell < 0) continue
      const extra = this.#extra[cell]!
      if (extra === NONE) {
        visitor.point(place, this.#second[cell]!, this.#value[cell]!, this.#weight[cell]!)
        continue
      }
      for (let at = chains[extra]!; at !== NONE; at = next[at]!) visitor.point(place, seconds[at]!, values[at]!, weights[at]!)
      for (let at = this.#setChain[extra]!; at !== NONE; at = this.#setNext[at]!) {
        visitor.set(place, this.#setSecond[at]!, this.#setCount[at]!, this.#setSum[at]!, this.#setMinimum[at]!, this.#setMaximum[at]!)
      }
    }
  }

  /** Gives the minute's sums of each series to `slot` of the sink; see {@link visitEach}. */
  sumEach(series: readonly SeriesNumber[], slot: number, sink: SumsSink): void {
    const [count, sum, minimum, maximum] = [this.#count, this.#sum, this.#minimum, this.#maximum]
    for (let place = 0; place < series.length; place++) {
      const cell = this.#cellOf(series[place]!)
      if (cell < 0) continue
      const extra = this.#extra[cell]!
      if (extra === NONE) {
        const [value, weight] = [this.#value[cell]!, this.#weight[cell]!]
        sink.add(place, slot, weight, value * weight, value, value)
      } else sink.add(place, slot, count[extra]!, sum[extra]!, minimum[extra]!, maximum[extra]!)
    }
  }

  dropDetails(): void {
    this.detailed = false
    this.#points = 0
    this.#pointValue = new Float64Array(0)
    this.#pointWeight = new Float64Array(0)
    this.#pointSecond = new Uint8Array(0)
    this.#pointNext = new Int32Array(0)
    this.#sets = 0
    this.#setCount = new Float64Array(0)
    this.#setSum = new Float64Array(0)
    this.#setMinimum = new Float64Array(0)
    this.#setMaximum = new Float64Array(0)
    this.#setSecond = new Uint8Array(0)
    this.#setNext = new Int32Array(0)
    this.#pointChain.fill(NONE)
    this.#setChain.fill(NONE)
  }

  /** Gives back what growing by doubling left unused; for a minute that is over. */
  trim(): void {
    this.#value = this.#value.slice(0, this.#cells)
    this.#weight = this.#weight.slice(0, this.#cells)
    this.#second = this.#second.slice(0, this.#cells)
    this.#extra = this.#extra.slice(0, this.#cells)
    this.#count = this.#count.slice(0, this.#extras)
    this.#sum = this.#sum.slice(0, this.#extras)
    this.#minimum = this.#minimum.slice(0, this.#extras)
    this.#maximum = this.#maximum.slice(0, this.#extras)
    this.#pointChain = this.#pointChain.slice(0, this.#extras)
    this.#setChain = this.#setChain.slice(0, this.#extras)
    this.#pointValue = this.#pointValue.slice(0, this.#points)
    this.#pointWeight = this.#pointWeight.slice(0, this.#points)
    this.#pointSecond = this.#pointSecond.slice(0, this.#points)
    this.#pointNext = this.#pointNext.slice(0, this.#points)
  }

  #cellOf(series: SeriesNumber): number {
    const page = this.#pages[series >>> PAGE_BITS]
    return page === undefined ? NONE : page[series & (PAGE - 1)]! - 1
  }

  #newCell(series: SeriesNumber, second: number, value: number, weight: number, extra: number): number {
    const cell = this.#cells
    if (cell === this.#value.length) this.#growCells()
    this.#value[cell] = value
    this.#weight[cell] = weight
    this.#second[cell] = second
    this.#extra[cell] = extra
    const index = series >>> PAGE_BITS
    while (this.#pages.length <= index) this.#pages.push(undefined)
    let page = this.#pages[index]
    if (page === undefined) {
      page = new Int32Array(PAGE)
      this.#pages[index] = page
      this.#pageCount++
    }
    page[series & (PAGE - 1)] = cell + 1
    this.#cells = cell + 1
    return cell
  }

  /** Turns a cell with a single value into one with sums and a chain. */
  #spread(cell: number): number {
    const extra = this.#newExtra()
    const value = this.#value[cell]!
    const weight = this.#weight[cell]!
    this.#extra[cell] = extra
    this.#addToSums(extra, weight, value * weight, value, value)
    if (this.detailed) this.#chainPoint(extra, this.#second[cell]!, value, weight)
    return extra
  }

  #newExtra(): number {
    const extra = this.#extras
    if (extra === this.#count.length) {
      this.#count = doubled(this.#count, Float64Array)
      this.#sum = doubled(this.#sum, Float64Array)
      this.#minimum = doubled(this.#minimum, Float64Array)
      this.#maximum = doubled(this.#maximum, Float64Array)
      this.#pointChain = doubled(this.#pointChain, Int32Array)
      this.#setChain = doubled(this.#setChain, Int32Array)
    }
    this.#minimum[extra] = Infinity
    this.#maximum[extra] = -Infinity
    this.#pointChain[extra] = NONE
    this.#setChain[extra] = NONE
    this.#extras = extra + 1
    return extra
  }

  #addToSums(extra: number, count: number, sum: number, minimum: number, maximum: number): void {
    this.#count[extra] = this.#count[extra]! + count
    this.#sum[extra] = this.#sum[extra]! + sum
    if (minimum < this.#minimum[extra]!) this.#minimum[extra] = minimum
    if (maximum > this.#maximum[extra]!) this.#maximum[extra] = maximum
  }

  #chainPoint(extra: number, second: number, value: number, weight: number): void {
    let steps = 0
    for (let at = this.#pointChain[extra]!; at !== NONE && steps < FOLD_WITHIN; at = this.#pointNext[at]!, steps++) {
      if (this.#pointSecond[at] === second && this.#pointValue[at] === value) {
        this.#pointWeight[at] = this.#pointWeight[at]! + weight
        return
      }
    }
    const at = this.#points
    if (at === this.#pointValue.length) this.#growPoints()
    this.#pointValue[at] = value
    this.#pointWeight[at] = weight
    this.#pointSecond[at] = second
    this.#pointNext[at] = this.#pointChain[extra]!
    this.#pointChain[extra] = at
    this.#points = at + 1
  }

  #growCells(): void {
    this.#value = doubled(this.#value, Float64Array)
    this.#weight = doubled(this.#weight, Float64Array)
    this.#second = doubled(this.#second, Uint8Array)
    this.#extra = doubled(this.#extra, Int32Array)
  }

  #growPoints(): void {
    this.#pointValue = doubled(this.#pointValue, Float64Array)
    this.#pointWeight = doubled(this.#pointWeight, Float64Array)
    this.#pointSecond = doubled(this.#pointSecond, Uint8Array)
    this.#pointNext = doubled(this.#pointNext, Int32Array)
  }

  #growSets(): void {
    this.#setCount = doubled(this.#setCount, Float64Array)
    this.#setSum = doubled(this.#setSum, Float64Array)
    this.#setMinimum = doubled(this.#setMinimum, Float64Array)
    this.#setMaximum = doubled(this.#setMaximum, Float64Array)
    this.#setSecond = doubled(this.#setSecond, Uint8Array)
    this.#setNext = doubled(this.#setNext, Int32Array)
  }
}
