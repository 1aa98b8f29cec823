import { agreed, median, robustDeviation } from './median.ts'
import { grouped, type Points } from './points.ts'
import { HALVES, HOURS } from './zone.ts'

const HALVES_OF_DAY = 48
const DAYS_OF_WEEK = 7
/** Level and season are taken out of each other so often; more changes nothing. */
const PASSES = 2
/** A calendar day speaks for its weekday when it has this share of the values that a day has at most. */
const WHOLE_ENOUGH = 0.25
/** An hour's effect of fewer standard errors of its median than that is taken for chance. */
const CHANCE = 2.5

/** What is added to the level in each half hour of the week. */
export type Season = Float64Array

/**
 * The season of detrended values: hour of day from all days, then what each weekday adds, then what each hour of the week
 * adds. The coarser is learnt first, so that little data already gives the coarse part.
 */
export const seasonOf = (points: Points, detrended: Float64Array): Season => {
  let daily: Float64Array = new Float64Array(HALVES_OF_DAY)
  let level: Float64Array = new Float64Array(points.days)
  const halfOfDay = points.half.map(half => half % HALVES_OF_DAY)
  for (let pass = 0; pass < PASSES; pass++) {
    level = runningLevel(points, detrended.map((value, i) => value - daily[halfOfDay[i]!]!))
    daily = dailyProfile(detrended.map((value, i) => value - level[points.age[i]!]!), halfOfDay, points.days)
  }
  const rest = detrended.map((value, i) => value - level[points.age[i]!]! - daily[halfOfDay[i]!]!)
  const weekdays = weekdayLevels(points, rest)
  const within = rest.map((value, i) => value - weekdays[Math.floor(points.half[i]! / HALVES_OF_DAY)]!)
  const hours = hoursOfWeek(points, within)
  return Float64Array.from({ length: HALVES }, (_, half) =>
    daily[half % HALVES_OF_DAY]! + weekdays[Math.floor(half / HALVES_OF_DAY)]! + hours[half >> 1]!)
}

/**
 * The level of each day: the median of the days of the week around it. A step in the level is followed at once, a day that
 * stands out is not.
 */
const runningLevel = (points: Points, values: Float64Array): Float64Array => {
  const daily = grouped(values, points.age, points.days).map(list => (list.length === 0 ? Number.NaN : median(list)))
  const last = Math.max(0, points.days - DAYS_OF_WEEK)
  return Float64Array.from(daily, (_, age) => {
    const from = Math.min(last, Math.max(0, age - 3))
    return medianOfDays(daily.slice(from, from + DAYS_OF_WEEK))
  })
}

export const medianOfDays = (daily: readonly number[]): number => {
  const known = daily.filter(value => !Number.isNaN(value))
  return known.length === 0 ? 0 : median(known)
}

const dailyProfile = (values: Float64Array, halfOfDay: Uint16Array, days: number): Float64Array => {
  // One day is believed by two thirds, a week by 99 %.
  const trust = days ** 2 / (days ** 2 + 0.5)
  const profile = grouped(values, halfOfDay, HALVES_OF_DAY).map(list => (list.length === 0 ? undefined : median(list) * trust))
  // A half without values is like the other half of its hour (hourly statistics only have one of them).
  return Float64Array.from(profile, (value, half) => value ?? profile[half ^ 1] ?? 0)
}

const weekdayLevels = (points: Points, rest: Float64Array): readonly number[] => {
  const first = points.day[0] ?? 0
  const days = grouped(rest, points.day.map(day => day - first), (points.day.at(-1) ?? first) - first + 1)
  const enough = WHOLE_ENOUGH * Math.max(...days.map(list => list.length))
  const byWeekday: number[][] = Array.from({ length: DAYS_OF_WEEK }, () => [])
  // 1970-01-01, day 0, was a Thursday, weekday 3.
  for (const [index, list] of days.entries()) if (list.length > 0 && list.length >= enough) byWeekday[(index + first + 3) % DAYS_OF_WEEK]!.push(median(list))
  const levels = byWeekday.map(agreed)
  const [saturday, sunday] = [byWeekday[5]!, byWeekday[6]!]
  // The first weekend: two days that say the same are believed as two weeks are.
  if (saturday.length === 1 && sunday.length === 1 && saturday[0]! * sunday[0]! > 0) return [...levels.slice(0, 5), saturday[0]!, sunday[0]!]
  return levels
}

/** Only what two weeks agree on, and what could not be chance: an hour has few values. */
const hoursOfWeek = (points: Points, rest: Float64Array): readonly number[] => {
  const newest: number[][] = Array.from({ length: HOURS }, () => [])
  const older: number[][] = Array.from({ length: HOURS }, () => [])
  for (let i = 0; i < points.length; i++) (points.age[i]! < DAYS_OF_WEEK ? newest : older)[points.half[i]! >> 1]!.push(rest[i]!)
  const noise = robustDeviation(rest)
  return newest.map((list, hour) => {
    const before = older[hour]!
    if (list.length === 0 || before.length === 0) return 0
    const effect = agreed([median(before), median(list)])
    return Math.abs(effect) > (CHANCE * noise) / Math.sqrt(Math.min(list.length, before.length)) ? effect : 0
  })
}
