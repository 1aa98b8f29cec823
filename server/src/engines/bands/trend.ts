import { median } from './median.ts'
import { grouped, type Points } from './points.ts'

const WEEK = 7
/** A pair or two agree with each other about anything. */
const FEWEST_PAIRS = 3

/**
 * Change of the level per day; 0 unless the days leave no doubt about its direction. Days a week apart carry no weekly habit,
 * so all of them must agree, and the smallest change counts. A step between two weeks looks the same to them: the days one
 * apart must rise (fall) too, more often than not. Below ten days these are all there is.
 */
export const trendOf = (points: Points): number => {
  const days = grouped(points.value, points.age, points.days)
  const whole = Math.max(...days.map(values => values.length)) / 2
  const levels = days.map(values => (values.length === 0 || values.length < whole ? Number.NaN : median(values)))
  const daily = changes(levels, 1)
  const weekly = changes(levels, WEEK)
  if (daily.length < FEWEST_PAIRS) return 0
  return weekly.length < FEWEST_PAIRS ? smallest(daily) : smallest([...weekly, median(daily)])
}

/** Per day, between days `apart`; age 0 is the newest. */
const changes = (levels: readonly number[], apart: number): readonly number[] =>
  levels.map((newer, age) => (newer - (levels[age + apart] ?? Number.NaN)) / apart).filter(change => !Number.isNaN(change))

const smallest = (changes: readonly number[]): number => {
  if (changes.every(change => change > 0)) return Math.min(...changes)
  if (changes.every(change => change < 0)) return Math.max(...changes)
  return 0
}
