import type { EpochSeconds, Seconds } from '../../base/time.ts'

const DAY = 86_400

/**
 * How often an alarm is evaluated: every ten seconds (periods of 10, 20 and 30), every minute, or once an hour (windows of
 * more than a day). https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export const cadenceOf = (period: Seconds, evaluationPeriods: number): 10 | 60 | 3600 => {
  if (period < 60) return 10
  return period * evaluationPeriods > DAY ? 3600 : 60
}

/** The newest evaluation instant at or before `now`, of alarms that are evaluated every `cadence` seconds. */
export const instantAt = (cadence: number, now: EpochSeconds): EpochSeconds => (Math.floor(now / cadence) * cadence) as EpochSeconds

/**
 * The start of the oldest of `range` periods that end at the instant. Windows slide: they begin wherever the instant says,
 * not on multiples of the period, and hold complete periods only.
 */
export const windowStart = (instant: EpochSeconds, period: Seconds, range: number): EpochSeconds => (instant - range * period) as EpochSeconds
