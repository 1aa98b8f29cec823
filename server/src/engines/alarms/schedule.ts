import type { EpochSeconds, Seconds } from '../../base/time.ts'
import type { MeasuredAlarm } from '../../model/alarm.ts'
import { evaluationRange } from './decide.ts'

const DAY = 86_400

/**
 * How often an alarm is evaluated: every ten seconds (periods of 10, 20 and 30), every minute, or once an hour (windows of
 * more than a day). https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export const cadenceOf = (period: Seconds, evaluationPeriods: number): 10 | 60 | 3600 => {
  if (period < 60) return 10
  return period * evaluationPeriods > DAY ? 3600 : 60
}

/**
 * The same of an alarm, whatever its window: periods of a wall clock end on five minutes, and are not judged before. Data that come late
 * count until the next period ends.
 */
export const cadenceOfAlarm = ({ period, evaluationPeriods, window }: MeasuredAlarm): number =>
  window?.kind === 'wall-clock' ? (period <= 300 ? 60 : 300) : cadenceOf(period, evaluationPeriods)

/** How many periods an alarm looks at: a wall clock window holds no older ones that could make up for missing data. */
export const rangeOf = ({ evaluationPeriods, window }: MeasuredAlarm): number =>
  window?.kind === 'wall-clock' ? evaluationPeriods : evaluationRange(evaluationPeriods)

/** The newest evaluation instant at or before `now`, of alarms that are evaluated every `cadence` seconds. */
export const instantAt = (cadence: number, now: EpochSeconds): EpochSeconds => (Math.floor(now / cadence) * cadence) as EpochSeconds

/**
 * The start of the oldest of `range` periods that end at the instant. Windows slide: they begin wherever the instant says,
 * not on multiples of the period, and hold complete periods only.
 */
export const windowStart = (instant: EpochSeconds, period: Seconds, range: number): EpochSeconds => (instant - range * period) as EpochSeconds
