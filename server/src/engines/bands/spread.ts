import type { DetectorConfiguration } from '../../model/anomaly-detector.ts'
import { median, robustDeviation } from './median.ts'
import { grouped, type Points } from './points.ts'
import { HOURS } from './zone.ts'

/** Residuals beyond so many robust deviations of their hour are left out: they are what the band shall find. */
const OUTLIER = { MINIMAL: 8, MODERATE: 5, STRICT: 3 } as const

/** How many days' worth of the coarser spread is mixed into the finer, and how many values at least: few must not make a narrow hour. */
const COARSER_DAYS = { hourOfDay: 0.5, hourOfWeek: 1 } as const
const COARSER_VALUES = 6
const HOURS_OF_DAY = 24

/** One standard deviation in each hour of the week: of the hour of day, moved as far as the hour of the week has values. */
export const spreadsOf = (points: Points, residuals: Float64Array, filtering: DetectorConfiguration['outlierFiltering']): Float64Array => {
  const hour = points.half.map(half => half >> 1)
  const hourOfDay = hour.map(value => value % HOURS_OF_DAY)
  const typical = robustDeviation(residuals)
  const whole = typical > 0 ? typical : plainDeviation(residuals)
  const reach = OUTLIER[filtering ?? 'MODERATE']
  const limits = grouped(residuals, hourOfDay, HOURS_OF_DAY).map(list => reach * Math.max(whole, robustDeviation(list)))
  const squares = residuals.map((residual, i) => (Math.abs(residual) <= limits[hourOfDay[i]!]! ? residual ** 2 : Number.NaN))
  const overall = Math.sqrt(meanOf(squares))
  const perHour = points.length / Math.max(1, points.days) / HOURS_OF_DAY
  const daily = grouped(squares, hourOfDay, HOURS_OF_DAY).map(list => mixed(list, overall, COARSER_DAYS.hourOfDay * perHour))
  return Float64Array.from(grouped(squares, hour, HOURS), (list, index) =>
    mixed(list, daily[index % HOURS_OF_DAY]!, COARSER_DAYS.hourOfWeek * perHour))
}

/** For a series that mostly stands still, whose median distance is 0: its plain deviation, the farthest hundredth aside. */
const plainDeviation = (residuals: Float64Array): number => {
  const squares = residuals.map(residual => residual ** 2).sort()
  return Math.sqrt(meanOf(squares.subarray(0, Math.ceil(squares.length * 0.99))))
}

const meanOf = (values: ArrayLike<number>): number => {
  let [sum, count] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue
    sum += values[i]!
    count++
  }
  return count === 0 ? 0 : sum / count
}

/** The deviation of a group, together with `worth` values of the coarser one. */
const mixed = (squares: readonly number[], coarser: number, worth: number): number => {
  const weight = Math.max(COARSER_VALUES, worth)
  const known = squares.filter(square => !Number.isNaN(square))
  if (known.length === 0) return coarser
  return (Math.sqrt(meanOf(known)) * known.length + coarser * weight) / (known.length + weight)
}

/** How far spikes reach that came on two days at least: the second highest of the daily peaks. */
export const spikesOf = (points: Points, residuals: Float64Array): { readonly above: number; readonly below: number } => {
  const byDay = grouped(residuals, points.age, points.days).filter(list => list.length > 0)
  const second = (peaks: readonly number[]): number => Math.max(0, peaks.toSorted((a, b) => b - a)[1] ?? 0)
  return {
    above: second(byDay.map(list => list.reduce((peak, value) => Math.max(peak, value), 0))),
    below: second(byDay.map(list => list.reduce((peak, value) => Math.max(peak, -value), 0))),
  }
}

/** Each day against the level of the `window` days before it, as a band would have met it; the oldest against its own. */
export const foreseen = (points: Points, deseasoned: Float64Array, window: number): Float64Array => {
  const daily = grouped(deseasoned, points.age, points.days).map(list => (list.length === 0 ? Number.NaN : median(list)))
  const levels = daily.map((own, age) => {
    const before = daily.slice(age + 1, age + 1 + window).filter(value => !Number.isNaN(value))
    return before.length === 0 ? own : median(before)
  })
  return deseasoned.map((value, i) => value - levels[points.age[i]!]!)
}
