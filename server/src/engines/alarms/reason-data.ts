import { cloudWatchTime, toMillis, type EpochMillis } from '../../base/time.ts'
import type { MetricAlarm } from '../../model/alarm.ts'
import { document, double, type Json } from './document.ts'
import type { EvaluatedPoint } from './evaluate.ts'

/** StateReasonData holds up to 4000 characters (DescribeAlarms' model). */
const REASON_DATA_LIMIT = 4000

/** The StateReasonData of a change: the evaluated datapoints as JSON; the oldest are left out where they do not fit. */
export const stateReasonData = (alarm: MetricAlarm, points: readonly EvaluatedPoint[], at: EpochMillis): string => {
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

const write = (alarm: MetricAlarm, points: readonly EvaluatedPoint[], at: EpochMillis): string => {
  const present = points.filter(point => point.value !== undefined)
  return document({
    version: '1.0',
    queryDate: cloudWatchTime(at),
    startDate: present.length === 0 ? undefined : cloudWatchTime(toMillis(present.at(-1)!.at)),
    unit: alarm.unit,
    statistic: alarm.statistic,
    period: alarm.period,
    recentDatapoints: present.map(point => double(point.value!)).reverse(),
    threshold: double(alarm.threshold),
    evaluatedDatapoints: points.map(evaluatedDatapoint),
  })
}

const evaluatedDatapoint = (point: EvaluatedPoint): Json => {
  const timestamp = cloudWatchTime(toMillis(point.at))
  return point.value === undefined ? { timestamp } : { timestamp, sampleCount: double(point.samples), value: double(point.value) }
}

const TAIL = '"evaluatedDatapoints":['

/** The same document with fewer evaluated datapoints, or undefined where that is not enough. */
export const shorterReasonData = (text: string, limit: number): string | undefined => {
  if (text.length <= limit) return text
  const list = text.lastIndexOf(TAIL)
  if (list < 0 || !text.endsWith(']}')) return undefined
  const from = list + TAIL.length
  if (from + 2 > limit) return undefined
  const cut = text.lastIndexOf('},{', limit - 3)
  return cut < from ? `${text.slice(0, from)}]}` : `${text.slice(0, cut + 1)}]}`
}
