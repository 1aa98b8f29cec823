import { seconds, type EpochSeconds, type Seconds } from '../../base/time.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** So many points a line has at most; what GetMetricStatistics allows too. */
const MOST_POINTS = 1440
/** Periods that CloudWatch's console offers, in seconds. */
const LADDER = [60, 300, 900, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY] as const

/** The period that fits a range: no finer than the range keeps stored, and few enough points to draw. */
export const autoPeriod = (start: EpochSeconds, end: EpochSeconds): Seconds => {
  const range = Math.max(0, end - start)
  const finest = range <= 3 * HOUR ? 60 : range <= 15 * DAY ? 300 : range <= 63 * DAY ? HOUR : DAY
  return seconds(LADDER.find(period => period >= finest && range / period <= MOST_POINTS) ?? LADDER.at(-1)!)
}
