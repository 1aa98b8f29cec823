import type { EpochSeconds, Seconds } from '../../base/time.ts'

/**
 * How often an alarm is evaluated: every ten seconds (periods of 10, 20 and 30), every minute, or once an hour (windows of
 * more than a day). https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export type Cadence = 10 | 60 | 3600

export const CADENCES: readonly Cadence[] = [10, 60, 3600]

const DAY = 86_400

export const cadenceOf = (period: Seconds, evaluationPeriods: number): Cadence => {
  if (period < 60) return 10
  return period * evaluationPeriods > DAY ? 3600 : 60
}

/** The newest evaluation instant at or before `now`. */
export const instantAt = (cadence: Cadence, now: EpochSeconds): EpochSeconds => (Math.floor(now / cadence) * cadence) as EpochSeconds

/**
 * The start of the oldest of `range` periods that end at the instant. Windows slide: they begin wherever the instant says,
 * not on multiples of the period, and hold complete periods only.
 */
export const windowStart = (instant: EpochSeconds, period: Seconds, range: number): EpochSeconds => (instant - range * period) as EpochSeconds
