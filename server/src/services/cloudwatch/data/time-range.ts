import { epochSeconds, floorTo, seconds, toSeconds, type EpochMillis, type EpochSeconds, type Seconds } from '../../../base/time.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** From this age on, data is kept at no finer a period than this (documented retention); oldest first. */
const TIERS: readonly { readonly age: number; readonly period: number }[] = [
  { age: 63 * DAY, period: HOUR },
  { age: 15 * DAY, period: 300 },
  { age: 3 * HOUR, period: 60 },
]

/** Data is kept for 455 days. */
const RETENTION = 455 * DAY

/** 1, 5, 10, 20, 30 or a multiple of 60. */
export const isQueryPeriod = (period: number): boolean => (period < 60 ? SUB_MINUTE.has(period) : period % 60 === 0)
const SUB_MINUTE: ReadonlySet<number> = new Set([1, 5, 10, 20, 30])

/**
 * StartTime is rounded down by its age: to the minute, from 15 days on to five minutes, from 63 days on to the hour. A
 * period below a minute rounds to itself instead. Vectors: 12:32:34 → 12:32:00 / 12:30:00 / 12:00:00.
 */
export const roundStart = (start: EpochMillis, period: Seconds, now: EpochMillis): EpochSeconds => {
  const at = toSeconds(start)
  const age = (now - start) / 1000
  if (age > 63 * DAY) return floorTo(at, seconds(HOUR))
  if (age > 15 * DAY) return floorTo(at, seconds(300))
  return floorTo(at, period < 60 ? period : seconds(60))
}

/** Metric times are whole seconds, so an exclusive end within a second still lets that second in. */
export const endSecond = (end: EpochMillis): EpochSeconds => epochSeconds(Math.ceil(end / 1000))

/**
 * Where data of this period begins: older ranges only exist in coarser periods, and asking for a finer one than the age
 * allows is answered with nothing rather than an error. There the first bucket must lie wholly inside the finer tier.
 */
export const oldestStart = (period: Seconds, now: EpochMillis, origin: EpochSeconds): EpochSeconds => {
  const tier = TIERS.findLast(({ period: kept }) => period % kept !== 0)
  if (tier === undefined) return epochSeconds(Math.floor(now / 1000) - RETENTION)
  const horizon = now / 1000 - tier.age
  return epochSeconds(origin + Math.ceil((horizon - origin) / period) * period)
}

/** The finest period that data of that age has and that makes no more datapoints of the range than a graph can show. */
export const automaticPeriod = (start: EpochMillis, end: EpochMillis, now: EpochMillis): Seconds => {
  const fitting = AUTOMATIC.find(
    period => (end - start) / 1000 / period <= GRAPH_POINTS && oldestStart(seconds(period), now, epochSeconds(0)) <= start / 1000 + period,
  )
  return seconds(fitting ?? DAY)
}
const AUTOMATIC = [60, 300, HOUR]
const GRAPH_POINTS = 1440
