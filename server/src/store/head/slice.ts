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
/** Where sums lie side by side: count, sum, minimum, maximum of a cell, since all four are touched together. */
const SUMS = 4
/** A point's second in its minute takes the lowest bits of its link. */
const SECOND_BITS = 6
const SECOND = (1 << SECOND_BITS) - 1

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
  #sums = new Float64Array(0)
  #pointChain = new Int32Array(0)
  #setChain = new Int32Array(0)

  #points = 0
  /** Value and weight of each point, side by side. */
  #pointData = new Float64Array(0)
  /** The next point of the chain + 1, and the point's second. */
  #pointLink = new Int32Array(0)

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
    return this.#pageCount * PAGE * 4 + this.#value.length * 21 + this.#pointChain.length * 40 + this.detailBytes
  }

  get detailBytes(): number {
    return this.#pointLink.length * 20 + this.#setCount.length * 37
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
    const place = extra * SUMS
    const added = single ? this.#weight[cell]! : this.#sums[place]!
    const total = single ? value * added : this.#sums[place + 1]!
    const lowest = single ? value : this.#sums[place + 2]!
    const highest = single ? value : this.#sums[place + 3]!
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
    for (let at = this.#pointChain[extra]!; at !== NONE; at = this.#nextPoint(at)) {
      visitor.point(this.#pointLink[at]! & SECOND, this.#pointData[at * 2]!, this.#pointData[at * 2 + 1]!)
    }
    for (let at = this.#setChain[extra]!; at !== NONE; at = this.#setNext[at]!) {
      visitor.set(this.#setSecond[at]!, this.#setCount[at]!, this.#setSum[at]!, this.#setMinimum[at]!, this.#setMaximum[at]!)
    }
  }

  /** As {@link visit}, of many series: a slice's columns are found once for all of them, and stay in the processor's cache. */
  visitEach(series: readonly SeriesNumber[], visitor: PlacedVisitor): void {
    const [cells, extras] = this.#cellsOf(series)
    const [chains, data, links] = [this.#pointChain, this.#pointData, this.#pointLink]
    for (let place = 0; place < series.length; place++) {
      const cell = cells[place]!
      if (cell < 0) continue
      const extra = extras[place]!
      if (extra === NONE) {
        visitor.point(place, this.#second[cell]!, this.#value[cell]!, this.#weight[cell]!)
        continue
      }
      for (let at = chains[extra]!; at !== NONE; ) {
        const link = links[at]!
        visitor.point(place, link & SECOND, data[at * 2]!, data[at * 2 + 1]!)
        at = (link >>> SECOND_BITS) - 1
      }
      for (let at = this.#setChain[extra]!; at !== NONE; at = this.#setNext[at]!) {
        visitor.set(place, this.#setSecond[at]!, this.#setCount[at]!, this.#setSum[at]!, this.#setMinimum[at]!, this.#setMaximum[at]!)
      }
    }
  }

  /** Gives the minute's sums of each series to `slot` of the sink; see {@link visitEach}. */
  sumEach(series: readonly SeriesNumber[], slot: number, sink: SumsSink): void {
    const [cells, extras] = this.#cellsOf(series)
    const sums = this.#sums
    for (let place = 0; place < series.length; place++) {
      const cell = cells[place]!
      if (cell < 0) continue
      const extra = extras[place]!
      if (extra === NONE) {
        const [value, weight] = [this.#value[cell]!, this.#weight[cell]!]
        sink.add(place, slot, weight, value * weight, value, value)
      } else {
        const at = extra * SUMS
        sink.add(place, slot, sums[at]!, sums[at + 1]!, sums[at + 2]!, sums[at + 3]!)
      }
    }
  }

  /** Where each series is, or NONE: one step for all of them after the other, so that the processor waits for many places of memory at once. */
  #cellsOf(series: readonly SeriesNumber[]): readonly [cells: Int32Array, extras: Int32Array] {
    if (found.length < series.length) [found, foundExtras] = [new Int32Array(series.length), new Int32Array(series.length)]
    const [cells, extras] = [found, foundExtras]
    for (let place = 0; place < series.length; place++) cells[place] = this.#cellOf(series[place]!)
    const extra = this.#extra
    for (let place = 0; place < series.length; place++) {
      const cell = cells[place]!
      extras[place] = cell < 0 ? NONE : extra[cell]!
    }
    return [cells, extras]
  }

  dropDetails(): void {
    this.detailed = false
    this.#points = 0
    this.#pointData = new Float64Array(0)
    this.#pointLink = new Int32Array(0)
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
    this.#sums = this.#sums.slice(0, this.#extras * SUMS)
    this.#pointChain = this.#pointChain.slice(0, this.#extras)
    this.#setChain = this.#setChain.slice(0, this.#extras)
    this.#pointData = this.#pointData.slice(0, this.#points * 2)
    this.#pointLink = this.#pointLink.slice(0, this.#points)
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
    if (extra === this.#pointChain.length) {
      this.#pointChain = doubled(this.#pointChain, Int32Array)
      this.#setChain = doubled(this.#setChain, Int32Array)
      this.#sums = widened(this.#sums, this.#pointChain.length * SUMS)
    }
    this.#sums[extra * SUMS + 2] = Infinity
    this.#sums[extra * SUMS + 3] = -Infinity
    this.#pointChain[extra] = NONE
    this.#setChain[extra] = NONE
    this.#extras = extra + 1
    return extra
  }

  #addToSums(extra: number, count: number, sum: number, minimum: number, maximum: number): void {
    const sums = this.#sums
    const place = extra * SUMS
    sums[place] = sums[place]! + count
    sums[place + 1] = sums[place + 1]! + sum
    if (minimum < sums[place + 2]!) sums[place + 2] = minimum
    if (maximum > sums[place + 3]!) sums[place + 3] = maximum
  }

  #chainPoint(extra: number, second: number, value: number, weight: number): void {
    const link = this.#pointLink
    const data = this.#pointData
    const newest = this.#pointChain[extra]!
    let steps = 0
    for (let at = newest; at !== NONE && steps < FOLD_WITHIN; at = this.#nextPoint(at), steps++) {
      if (data[at * 2] === value && (link[at]! & SECOND) === second) {
        data[at * 2 + 1] = data[at * 2 + 1]! + weight
        return
      }
    }
    const at = this.#points
    if (at === link.length) this.#growPoints()
    this.#pointData[at * 2] = value
    this.#pointData[at * 2 + 1] = weight
    this.#pointLink[at] = ((newest + 1) << SECOND_BITS) | second
    this.#pointChain[extra] = at
    this.#points = at + 1
  }

  #nextPoint(at: number): number {
    return (this.#pointLink[at]! >>> SECOND_BITS) - 1
  }

  #growCells(): void {
    this.#value = doubled(this.#value, Float64Array)
    this.#weight = doubled(this.#weight, Float64Array)
    this.#second = doubled(this.#second, Uint8Array)
    this.#extra = doubled(this.#extra, Int32Array)
  }

  #growPoints(): void {
    this.#pointLink = doubled(this.#pointLink, Int32Array)
    this.#pointData = widened(this.#pointData, this.#pointLink.length * 2)
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

/** Of whichever slice is read; used up before the next is. */
let [found, foundExtras] = [new Int32Array(128), new Int32Array(128)]

/** A copy with room for `length` numbers. */
const widened = (column: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(length)
  larger.set(column)
  return larger
}
