import { cloudWatchTime, toMillis, type EpochMillis } from '../../base/time.ts'
import type { ThresholdAlarm } from '../../model/alarm.ts'
import { document, double, type Json } from './document.ts'
import type { EvaluatedPoint } from './evaluate.ts'
import { limitOf } from './limit.ts'

/** StateReasonData holds up to 4000 characters (DescribeAlarms' model). */
const REASON_DATA_LIMIT = 4000

/** The StateReasonData of a change: the evaluated datapoints as JSON; the oldest are left out where they do not fit. */
export const stateReasonData = (alarm: ThresholdAlarm, points: readonly EvaluatedPoint[], at: EpochMillis): string => {
  let kept = points
  let text = write(alarm, kept, at)
  while (text.length > REASON_DATA_LIMIT && kept.length > 1) {
    const excess = text.length - REASON_DATA_LIMIT
    // A datapoint takes at least the 44 characters of its bare time, and at most 120.
    kept = kept.slice(0, Math.max(1, kept.length - Math.max(1, Math.floor(excess / 120))))
    text = write(alarm, kept, at)
  }
  return text
}

const write = (alarm: ThresholdAlarm, points: readonly EvaluatedPoint[], at: EpochMillis): string => {
  const present = points.filter(point => point.value !== undefined)
  if (alarm.kind === 'log') {
    return document({
      version: '1.0',
      queryDate: cloudWatchTime(at),
      threshold: double(alarm.threshold),
      queryResultsToEvaluate: alarm.evaluationPeriods,
      queryResultsToAlarm: alarm.datapointsToAlarm,
      results: points.map(point => ({
        status: 'COMPLETE', timestamp: cloudWatchTime(toMillis(point.at)), value: point.value === undefined ? undefined : double(point.value),
      })),
    })
  }
  return document({
    version: '1.0',
    queryDate: cloudWatchTime(at),
    startDate: present.length === 0 ? undefined : cloudWatchTime(toMillis(present.at(-1)!.at)),
    ...(alarm.kind === 'metric' ? { unit: alarm.unit, statistic: alarm.statistic } : {}),
    period: alarm.period,
    recentDatapoints: present.map(point => double(point.value!)).reverse(),
    ...limits(alarm, present),
    evaluatedDatapoints: points.map(point => evaluatedDatapoint(alarm, point)),
  })
}

const limits = (alarm: ThresholdAlarm, present: readonly EvaluatedPoint[]): Readonly<Record<string, Json>> => {
  const limit = limitOf(alarm)
  if (limit.kind === 'static') return { threshold: double(limit.threshold) }
  const side = (name: 'lower' | 'upper'): Json => present.map(point => double(point[name] ?? NaN)).reverse()
  return { recentLowerThresholds: side('lower'), recentUpperThresholds: side('upper') }
}

/** The values of an expression are made of other values: they have no samples. */
const evaluatedDatapoint = (alarm: ThresholdAlarm, { at, value, samples }: EvaluatedPoint): Json => {
  const timestamp = cloudWatchTime(toMillis(at))
  if (value === undefined) return { timestamp }
  return { timestamp, sampleCount: alarm.kind === 'metric' ? double(samples) : undefined, value: double(value) }
}

const TAILS = ['"evaluatedDatapoints":[', '"results":[']

/** The same document with fewer evaluated datapoints, or undefined where that is not enough. */
export const shorterReasonData = (text: string, limit: number): string | undefined => {
  if (text.length <= limit) return text
  const tail = TAILS.find(each => text.includes(each))
  if (tail === undefined || !text.endsWith(']}')) return undefined
  const from = text.lastIndexOf(tail) + tail.length
  if (from + 2 > limit) return undefined
  const cut = text.lastIndexOf('},{', limit - 3)
  return cut < from ? `${text.slice(0, from)}]}` : `${text.slice(0, cut + 1)}]}`
}
