import type { OnceMark } from '../../model/once-mark.ts'
import { doubled, type MetricColumns, type StorageResolution } from '../../model/metric-columns.ts'

/** Rows of one resolution that wait for their block, in the order in which they came. */
export class PendingRows {
  points = 0
  series = new Uint32Array(1024)
  seconds = new Uint32Array(1024)
  value = new Float64Array(1024)
  count = new Float64Array(1024)

  sets = 0
  setSeries = new Uint32Array(16)
  setSeconds = new Uint32Array(16)
  setCount = new Float64Array(16)
  setSum = new Float64Array(16)
  setMinimum = new Float64Array(16)
  setMaximum = new Float64Array(16)

  growPoints(): void {
    this.series = doubled(this.series, Uint32Array)
    this.seconds = doubled(this.seconds, Uint32Array)
    this.value = doubled(this.value, Float64Array)
    this.count = doubled(this.count, Float64Array)
  }

  growSets(): void {
    this.setSeries = doubled(this.setSeries, Uint32Array)
    this.setSeconds = doubled(this.setSeconds, Uint32Array)
    this.setCount = doubled(this.setCount, Float64Array)
    this.setSum = doubled(this.setSum, Float64Array)
    this.setMinimum = doubled(this.setMinimum, Float64Array)
    this.setMaximum = doubled(this.setMaximum, Float64Array)
  }

  clear(): void {
    this.points = 0
    this.sets = 0
  }
}

/** What was accepted since the last block was closed. */
export class OpenBlock {
  readonly minutes = new PendingRows()
  readonly seconds = new PendingRows()
  /** Journal sequence of the last record in it. */
  upTo = 0
  /** Epoch seconds of its oldest row. */
  oldest = Infinity
  /** Of the requests in it that are taken once. */
  marks: OnceMark[] = []
  /** Its token, where a note in the journal names it already. */
  noted: string | undefined

  get rows(): number {
    return this.minutes.points + this.minutes.sets + this.seconds.points + this.seconds.sets
  }

  of(resolution: StorageResolution): PendingRows {
    return resolution === 1 ? this.seconds : this.minutes
  }

  clear(): void {
    this.minutes.clear()
    this.seconds.clear()
    this.upTo = 0
    this.oldest = Infinity
    this.marks = []
    this.noted = undefined
  }

  add(columns: MetricColumns, sequence: number): void {
    this.upTo = sequence
    for (let row = 0; row < columns.points; row++) {
      const rows = columns.resolution[row] === 1 ? this.seconds : this.minutes
      const at = rows.points
      if (at === rows.series.length) rows.growPoints()
      const seconds = columns.seconds[row]!
      if (seconds < this.oldest) this.oldest = seconds
      rows.series[at] = columns.series[row]!
      rows.seconds[at] = seconds
      rows.value[at] = columns.value[row]!
      rows.count[at] = columns.count[row]!
      rows.points = at + 1
    }
    for (let row = 0; row < columns.sets; row++) {
      const rows = columns.setResolution[row] === 1 ? this.seconds : this.minutes
      const at = rows.sets
      if (at === rows.setSeries.length) rows.growSets()
      const seconds = columns.setSeconds[row]!
      if (seconds < this.oldest) this.oldest = seconds
      rows.setSeries[at] = columns.setSeries[row]!
      rows.setSeconds[at] = seconds
      rows.setCount[at] = columns.setCount[row]!
      rows.setSum[at] = columns.setSum[row]!
      rows.setMinimum[at] = columns.setMinimum[row]!
      rows.setMaximum[at] = columns.setMaximum[row]!
      rows.sets = at + 1
    }
  }
}
