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
  const robust = grouped(residuals, hourOfDay, HOURS_OF_DAY).map(robustDeviation)
  const quiet = robust.map(deviation => deviation === 0)
  const rare = rareCounts(points, residuals.map((residual, i) => (quiet[hourOfDay[i]!]! ? residual : Number.NaN)))
  const whole = typical > 0 ? typical : (rare ?? plainDeviation(residuals))
  const reach = OUTLIER[filtering ?? 'MODERATE']
  const limits = robust.map(deviation => reach * Math.max(whole, deviation))
  const squares = residuals.map((residual, i) => (Math.abs(residual) <= limits[hourOfDay[i]!]! ? residual ** 2 : Number.NaN))
  const overall = Math.sqrt(meanOf(squares))
  const perHour = points.length / Math.max(1, points.days) / HOURS_OF_DAY
  const daily = grouped(squares, hourOfDay, HOURS_OF_DAY).map(list => mixed(list, overall, COARSER_DAYS.hourOfDay * perHour))
  return Float64Array.from(grouped(squares, hour, HOURS), (list, index) => {
    const spread = mixed(list, daily[index % HOURS_OF_DAY]!, COARSER_DAYS.hourOfWeek * perHour)
    return quiet[index % HOURS_OF_DAY]! ? Math.max(spread, rare ?? 0) : spread
  })
}

/** Of a normal distribution so much lies within so many deviations. */
const WITHIN = [{ deviations: 2, share: 0.954 }, { deviations: 3, share: 0.997 }] as const
/** Fewer values of a day say nothing about its rare ones. */
const FEWEST_OF_A_DAY = 24

/**
 * A series that mostly stands still and now and then counts one (errors, retries) has tails that no deviation tells: its spread is
 * as wide as it must be for two, and for three deviations to hold what they hold of noise. Every day has a say, so that a day
 * of incident has none. Undefined where no day has enough values.
 */
const rareCounts = (points: Points, residuals: Float64Array): number | undefined => {
  const days = grouped(residuals, points.age, points.days)
    .map(list => Float64Array.from(list.filter(value => !Number.isNaN(value)), Math.abs).sort())
    .filter(list => list.length >= FEWEST_OF_A_DAY)
  if (days.length === 0) return undefined
  return Math.max(...WITHIN.map(({ deviations, share }) => median(days.map(list => list[Math.ceil(share * list.length) - 1]!)) / deviations))
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
