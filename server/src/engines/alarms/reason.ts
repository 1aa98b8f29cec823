import { shorten } from '../../base/shorten.ts'
import type { AlarmLimit, BandComparison, MissingDataTreatment, StaticComparison, ThresholdAlarm } from '../../model/alarm.ts'
import type { Change, EvaluatedPoint } from './evaluate.ts'
import { javaDouble } from './java-double.ts'
import { limitOf } from './limit.ts'
import { datapointTime } from './time-text.ts'

/** StateReason holds up to 1023 characters (PutMetricAlarm's and DescribeAlarms' model). */
const REASON_LIMIT = 1023

/** From this many datapoints on, only the newest five are listed, in a sentence of their own. */
const LISTED = 5

/** The StateReason of a change that an evaluation found, word for word as CloudWatch writes it. */
export const stateReason = (alarm: ThresholdAlarm, change: Change): string => shorten(sentence(alarm, change, LISTED), REASON_LIMIT)

/** The same of one contributor: its datapoints always come in a sentence of their own. */
export const contributorReason = (alarm: ThresholdAlarm, change: Change): string => shorten(sentence(alarm, change, 1), REASON_LIMIT)

const sentence = (alarm: ThresholdAlarm, change: Change, apartFrom: number): string => {
  const n = alarm.evaluationPeriods
  const datapoints = counted(alarm.kind === 'log' ? 'query result' : 'datapoint')
  if (change.problem !== undefined) return change.problem
  if (change.state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${datapoints(n)} ${was(n)} unknown.`

  const limit = limitOf(alarm)
  const crossed = limit.kind === 'static' ? 'Threshold Crossed' : 'Thresholds Crossed'
  const present = change.points.filter(point => point.value !== undefined)
  const filled = filling(alarm.treatMissingData) === undefined ? 0 : change.points.length - present.length
  const toAlarm = change.state === 'ALARM'
  const telling = present.filter(point => point.breaching === toAlarm)
  // Nothing that was received speaks for the new state: it is the missing datapoints that do.
  if (telling.length === 0 && filled > 0) {
    const received = present.length === 0 ? `no ${datapoints(0).slice(2)} were` : `${datapoints(present.length)} ${was(present.length)}`
    return `${crossed}: ${received} received for ${counted(alarm.kind === 'log' ? 'run' : 'period')(n)}${treated(alarm, filled)}.`
  }

  const k = telling.length
  const apart = k >= apartFrom
  const newest = telling.slice(0, LISTED)
  const share = alarm.datapointsToAlarm === undefined ? datapoints(k) : `${k} out of the last ${n} ${datapoints(0).slice(2)}`
  const list = apart ? '' : ` ${listed(telling)}`
  const recent = apart ? ` The most recent ${datapoints(k).slice(`${k} `.length)} which crossed the threshold: ${listed(newest)}` : ''
  const claim = `${was(k)} ${claimed(limit, toAlarm, newest)}`
  const start = `${crossed}: ${share}${list} ${claim}${filled > 0 ? treated(alarm, filled) : ''}`
  const minimum = needed(alarm, toAlarm)
  return apart ? `${start}.${recent}${minimum}.` : `${start}${minimum}.`
}

const claimed = (limit: AlarmLimit, toAlarm: boolean, points: readonly EvaluatedPoint[]): string => {
  const not = toAlarm ? '' : 'not '
  if (limit.kind === 'static') return `${not}${COMPARED[limit.comparison]} the threshold (${javaDouble(limit.threshold)})`
  return BAND_SIDES[limit.comparison].map(side => `${not}${SIDES[side]} ${limits(points, side)}`).join(' or ')
}

const COMPARED: Readonly<Record<StaticComparison, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

type Side = 'lower' | 'upper'
const BAND_SIDES: Readonly<Record<BandComparison, readonly Side[]>> = {
  LessThanLowerOrGreaterThanUpperThreshold: ['lower', 'upper'],
  LessThanLowerThreshold: ['lower'],
  GreaterThanUpperThreshold: ['upper'],
}
const SIDES: Readonly<Record<Side, string>> = { lower: 'less than the lower thresholds', upper: 'greater than the upper thresholds' }

const limits = (points: readonly EvaluatedPoint[], side: Side): string =>
  `[${points.map(point => point[side]).filter(value => value !== undefined).map(javaDouble).join(', ')}]`

/** Going back to OK takes one datapoint more than could be missing from M of N. */
const needed = (alarm: ThresholdAlarm, toAlarm: boolean): string => {
  const m = alarm.datapointsToAlarm
  if (m === undefined) return ''
  return toAlarm
    ? ` (minimum ${counted('datapoint')(m)} for OK -> ALARM transition)`
    : ` (minimum ${counted('datapoint')(alarm.evaluationPeriods - m + 1)} for ALARM -> OK transition)`
}

const filling = (treatment: MissingDataTreatment | undefined): string | undefined =>
  treatment === 'breaching' ? 'Breaching' : treatment === 'notBreaching' ? 'NonBreaching' : undefined

const treated = (alarm: ThresholdAlarm, missing: number): string =>
  ` and ${missing} missing ${alarm.kind === 'log' ? 'query result' : 'datapoint'}${missing === 1 ? '' : 's'} ${was(missing)} treated as [${filling(alarm.treatMissingData)}]`

const listed = (points: readonly EvaluatedPoint[]): string =>
  `[${points.map(point => `${javaDouble(point.value!)} (${datapointTime(point.at)})`).join(', ')}]`

const counted = (what: string) => (count: number): string => `${count} ${what}${count === 1 ? '' : 's'}`
const was = (count: number): string => (count === 1 ? 'was' : 'were')
