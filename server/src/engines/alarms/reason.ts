import { shorten } from '../../base/shorten.ts'
import type { MetricAlarm, MissingDataTreatment, StaticComparison } from '../../model/alarm.ts'
import type { Change, EvaluatedPoint } from './evaluate.ts'
import { javaDouble } from './java-double.ts'
import { datapointTime } from './time-text.ts'

/** StateReason holds up to 1023 characters (PutMetricAlarm's and DescribeAlarms' model). */
const REASON_LIMIT = 1023

/** From this many datapoints on, only the newest five are listed, in a sentence of their own. */
const LISTED = 5

/** The StateReason of a change that an evaluation found, word for word as CloudWatch writes it. */
export const stateReason = (alarm: MetricAlarm, change: Change): string => shorten(sentence(alarm, change), REASON_LIMIT)

const sentence = (alarm: MetricAlarm, change: Change): string => {
  const n = alarm.evaluationPeriods
  if (change.state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${datapoints(n)} ${was(n)} unknown.`

  const present = change.points.filter(point => point.value !== undefined)
  const filled = filling(alarm.treatMissingData) === undefined ? 0 : change.points.length - present.length
  const toAlarm = change.state === 'ALARM'
  const telling = present.filter(point => point.breaching === toAlarm)
  // Nothing that was received speaks for the new state: it is the missing datapoints that do.
  if (telling.length === 0 && filled > 0) {
    const received = present.length === 0 ? 'no datapoints were' : `${datapoints(present.length)} ${was(present.length)}`
    return `Threshold Crossed: ${received} received for ${n} ${n === 1 ? 'period' : 'periods'}${treated(alarm, filled)}.`
  }

  const k = telling.length
  const counted = alarm.datapointsToAlarm === undefined ? datapoints(k) : `${k} out of the last ${n} datapoints`
  const list = k < LISTED ? ` ${listed(telling)}` : ''
  const recent = k < LISTED ? '' : ` The most recent datapoints which crossed the threshold: ${listed(telling.slice(0, LISTED))}`
  const claim = `${was(k)} ${toAlarm ? '' : 'not '}${COMPARED[alarm.comparison]} the threshold (${javaDouble(alarm.threshold)})`
  const start = `Threshold Crossed: ${counted}${list} ${claim}${filled > 0 ? treated(alarm, filled) : ''}`
  const minimum = needed(alarm, toAlarm)
  return recent === '' ? `${start}${minimum}.` : `${start}.${recent}${minimum}.`
}

const COMPARED: Readonly<Record<StaticComparison, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

/** Going back to OK takes one datapoint more than could be missing from M of N. */
const needed = (alarm: MetricAlarm, toAlarm: boolean): string => {
  const m = alarm.datapointsToAlarm
  if (m === undefined) return ''
  return toAlarm
    ? ` (minimum ${datapoints(m)} for OK -> ALARM transition)`
    : ` (minimum ${datapoints(alarm.evaluationPeriods - m + 1)} for ALARM -> OK transition)`
}

const filling = (treatment: MissingDataTreatment | undefined): string | undefined =>
  treatment === 'breaching' ? 'Breaching' : treatment === 'notBreaching' ? 'NonBreaching' : undefined

const treated = (alarm: MetricAlarm, missing: number): string =>
  ` and ${missing} missing ${missing === 1 ? 'datapoint' : 'datapoints'} ${was(missing)} treated as [${filling(alarm.treatMissingData)}]`

const listed = (points: readonly EvaluatedPoint[]): string =>
  `[${points.map(point => `${javaDouble(point.value!)} (${datapointTime(point.at)})`).join(', ')}]`

const datapoints = (count: number): string => `${count} ${count === 1 ? 'datapoint' : 'datapoints'}`
const was = (count: number): string => (count === 1 ? 'was' : 'were')
