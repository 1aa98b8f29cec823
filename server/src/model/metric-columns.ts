import type { Tenant } from '../base/tenancy.ts'
import type { MetricIdentity, Unit } from './metric.ts'

/** Dense number of a series (one metric of one tenant in one unit) within this process; see {@link SeriesNumbers}. */
export type SeriesNumber = number

/** Gives every series its number; the same one for as long as the process lives. */
export interface SeriesNumbers {
  number(tenant: Tenant, metric: MetricIdentity, unit: Unit): SeriesNumber
}

/** The grids on which datums are kept: seconds (StorageResolution 1) and minutes. */
export type StorageResolution = 1 | 60

/**
 * Datums as columns: what a request's bytes become before they go to the journal's readers, the head and the store.
 * `seconds` are epoch seconds on the resolution's grid. A point stands for `count` samples of exactly `value`; a set is a
 * statistic set whose distribution is unknown (a degenerate one is a point).
 */
export class MetricColumns {
  points = 0
  series = new Uint32Array(1024)
  seconds = new Uint32Array(1024)
  resolution = new Uint8Array(1024)
  value = new Float64Array(1024)
  count = new Float64Array(1024)

  sets = 0
  setSeries = new Uint32Array(16)
  setSeconds = new Uint32Array(16)
  setResolution = new Uint8Array(16)
  setCount = new Float64Array(16)
  setSum = new Float64Array(16)
  setMinimum = new Float64Array(16)
  setMaximum = new Float64Array(16)

  clear(): void {
    this.points = 0
    this.sets = 0
  }

  addPoint(series: SeriesNumber, seconds: number, resolution: StorageResolution, value: number, count: number): void {
    const row = this.points
    if (row === this.series.length) this.#growPoints()
    this.series[row] = series
    this.seconds[row] = seconds
    this.resolution[row] = resolution
    this.value[row] = value
    this.count[row] = count
    this.points = row + 1
  }

  addSet(
    series: SeriesNumber, seconds: number, resolution: StorageResolution, count: number, sum: number, minimum: number, maximum: number,
  ): void {
    if (minimum === maximum && sum === minimum * count) {
      this.addPoint(series, seconds, resolution, minimum, count)
      return
    }
    const row = this.sets
    if (row === this.setSeries.length) this.#growSets()
    this.setSeries[row] = series
    this.setSeconds[row] = seconds
    this.setResolution[row] = resolution
    this.setCount[row] = count
    this.setSum[row] = sum
    this.setMinimum[row] = minimum
    this.setMaximum[row] = maximum
    this.sets = row + 1
  }

  #growPoints(): void {
    this.series = doubled(this.series, Uint32Array)
    this.seconds = doubled(this.seconds, Uint32Array)
    this.resolution = doubled(this.resolution, Uint8Array)
    this.value = doubled(this.value, Float64Array)
    this.count = doubled(this.count, Float64Array)
  }

  #growSets(): void {
    this.setSeries = doubled(this.setSeries, Uint32Array)
    this.setSeconds = doubled(this.setSeconds, Uint32Array)
    this.setResolution = doubled(this.setResolution, Uint8Array)
    this.setCount = doubled(this.setCount, Float64Array)
    this.setSum = doubled(this.setSum, Float64Array)
    this.setMinimum = doubled(this.setMinimum, Float64Array)
    this.setMaximum = doubled(this.setMaximum, Float64Array)
  }
}

interface Column {
  readonly length: number
  set(from: this, offset?: number): void
}

/** A copy with twice the room. */
export const doubled = <Kind extends Column>(column: Kind, make: new (length: number) => Kind): Kind => {
  const larger = new make(Math.max(16, column.length * 2))
  larger.set(column)
  return larger
}
