import { afterReadyIo } from '../../base/clock.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { PointBlock, SetBlock } from '../metrics/point-block.ts'
import type { PendingRows } from './open-block.ts'

/** Steps of Shell's sort, after Ciura; beyond, each is 2.25 times the one before. */
const GAPS: readonly number[] = [1, 4, 10, 23, 57, 132, 301, 701]
/** After so many rows, some 3 ms, requests get their turn: they wait for nothing else as long. */
const ROWS_AT_A_STRETCH = 32_768

/**
 * Brings waiting rows into the store's order (series id, seconds, value) and folds equal ones. The blocks it answers use
 * its own memory and are valid until the next call.
 */
export class BlockSorter {
  readonly #index: SeriesIndex
  /** All series by id; made anew when there are more. */
  #ranked = new Uint32Array(0)
  #starts = new Uint32Array(0)
  #seconds = new Uint32Array(0)
  #value = new Float64Array(0)
  #count = new Float64Array(0)
  #series = new BigUint64Array(0)
  #outSeconds = new Uint32Array(0)
  #outValue = new Float64Array(0)
  #outCount = new Float64Array(0)

  constructor(index: SeriesIndex) {
    this.#index = index
  }

  /** In pieces, between which requests are answered; nothing may be added to `rows` meanwhile. */
  async points(rows: PendingRows): Promise<PointBlock> {
    this.#rank()
    this.#room(rows.points)
    await this.#scatter(rows)
    let length = 0
    let pause = ROWS_AT_A_STRETCH
    for (const series of this.#ranked) {
      const from = this.#starts[series]!
      const to = this.#starts[series + 1]!
      if (from === to) continue
      this.#sortRange(from, to)
      const id = this.#index.id(series)
      for (let row = from; row < to; row++) length = this.#put(length, id, row, row === from)
      pause -= to - from
      if (pause < 0) {
        pause = ROWS_AT_A_STRETCH
        await afterReadyIo()
      }
    }
    return { length, series: this.#series, seconds: this.#outSeconds, value: this.#outValue, count: this.#outCount }
  }

  sets(rows: PendingRows): SetBlock {
    const length = rows.sets
    const ids = BigUint64Array.from({ length }, (_, row) => this.#index.id(rows.setSeries[row]!))
    const order = Uint32Array.from({ length }, (_, row) => row).sort((a, b) => {
      if (ids[a] !== ids[b]) return ids[a]! < ids[b]! ? -1 : 1
      return rows.setSeconds[a]! - rows.setSeconds[b]! || a - b
    })
    const picked = (column: Float64Array): Float64Array => Float64Array.from(order, row => column[row]!)
    return {
      length,
      series: BigUint64Array.from(order, row => ids[row]!),
      seconds: Uint32Array.from(order, row => rows.setSeconds[row]!),
      count: picked(rows.setCount),
      sum: picked(rows.setSum),
      minimum: picked(rows.setMinimum),
      maximum: picked(rows.setMaximum),
    }
  }

  #rank(): void {
    const size = this.#index.size
    if (size === this.#ranked.length) return
    const ids = BigUint64Array.from({ length: size }, (_, series) => this.#index.id(series))
    this.#ranked = Uint32Array.from({ length: size }, (_, series) => series).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1))
    this.#starts = new Uint32Array(size + 1)
  }

  #room(rows: number): void {
    if (rows <= this.#seconds.length) return
    const room = Math.ceil(rows * 1.25)
    this.#seconds = new Uint32Array(room)
    this.#value = new Float64Array(room)
    this.#count = new Float64Array(room)
    this.#outSeconds = new Uint32Array(room)
    this.#outValue = new Float64Array(room)
    this.#outCount = new Float64Array(room)
    this.#series = new BigUint64Array(room)
  }

  /** Rows to the place of their series, in the order of the series' numbers. */
  async #scatter(rows: PendingRows): Promise<void> {
    const starts = this.#starts.fill(0)
    const { series, points } = rows
    for (let row = 0; row < points; row++) starts[series[row]! + 1] = starts[series[row]! + 1]! + 1
    for (let number = 1; number < starts.length; number++) starts[number] = starts[number]! + starts[number - 1]!
    // Filling moves every start to its end, which is the next one's start: walking backwards puts them right again.
    for (let end = points; end > 0; end -= ROWS_AT_A_STRETCH) {
      this.#scatterRange(rows, Math.max(0, end - ROWS_AT_A_STRETCH), end)
      await afterReadyIo()
    }
    // Now starts[n + 1] is where series n begins.
    starts.copyWithin(0, 1)
    starts[starts.length - 1] = points
  }

  #scatterRange({ series, seconds, value, count }: PendingRows, from: number, to: number): void {
    const starts = this.#starts
    for (let row = to - 1; row >= from; row--) {
      const place = starts[series[row]! + 1]! - 1
      starts[series[row]! + 1] = place
      this.#seconds[place] = seconds[row]!
      this.#value[place] = value[row]!
      this.#count[place] = count[row]!
    }
  }

  /** Shell's sort: in place, whatever the length, and insertion where few rows are left to put right. */
  #sortRange(from: number, to: number): void {
    const seconds = this.#seconds
    const value = this.#value
    const count = this.#count
    for (let gap = gapFor(to - from); gap > 0; gap = smallerGap(gap)) {
      for (let row = from + gap; row < to; row++) {
        const rowSeconds = seconds[row]!
        const rowValue = value[row]!
        let place = row
        const rowCount = count[row]!
        for (; place >= from + gap; place -= gap) {
          const before = seconds[place - gap]!
          if (before < rowSeconds || (before === rowSeconds && value[place - gap]! <= rowValue)) break
          seconds[place] = before
          value[place] = value[place - gap]!
          count[place] = count[place - gap]!
        }
        if (place === row) continue
        seconds[place] = rowSeconds
        value[place] = rowValue
        count[place] = rowCount
      }
    }
  }

  /** Appends a sorted row to the answer, or adds it to the last one when they are equal. */
  #put(length: number, id: bigint, row: number, first: boolean): number {
    const last = length - 1
    if (!first && this.#outSeconds[last] === this.#seconds[row] && this.#outValue[last] === this.#value[row]) {
      this.#outCount[last] = this.#outCount[last]! + this.#count[row]!
      return length
    }
    this.#series[length] = id
    this.#outSeconds[length] = this.#seconds[row]!
    this.#outValue[length] = this.#value[row]!
    this.#outCount[length] = this.#count[row]!
    return length + 1
  }
}

const gapFor = (rows: number): number => {
  let gap = GAPS.findLast(known => known < rows) ?? 0
  while (gap >= GAPS.at(-1)! && gap * 2.25 < rows) gap = Math.floor(gap * 2.25)
  return gap
}
const smallerGap = (gap: number): number => (gap > GAPS.at(-1)! ? Math.max(GAPS.at(-1)!, Math.floor(gap / 2.25)) : (GAPS.findLast(known => known < gap) ?? 0))
