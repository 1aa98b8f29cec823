import { cloudWatchTime, epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'
import { document, written, type Json } from './document.ts'
import { member, parsed } from './reason-data-reading.ts'
import { spokenTime } from './time-text.ts'

/** An alarm that a composite's rule names, as it was when it made the composite change. */
export interface TriggeringAlarm {
  readonly arn: string
  readonly value: AlarmStateValue
  /** Last change of its state. */
  readonly at: EpochMillis
}

/** `… was created and its alarm rule evaluates to OK` */
export const compositeDefinedReason = (arn: string, happened: 'created' | 'updated', value: AlarmStateValue): string =>
  `${arn} was ${happened} and its alarm rule evaluates to ${value}`

/** `… transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC` */
export const childReason = ({ arn, value, at }: TriggeringAlarm): string => `${arn} transitioned to ${value} at ${spokenTime(at)}`

/** StateReasonData holds up to 4000 characters (DescribeAlarms' model). */
const REASON_DATA_LIMIT = 4000

/** StateReasonData: the child that changed, or all of them, as many as fit, where the composite was created or updated. */
export const triggeringAlarmsData = (alarms: readonly TriggeringAlarm[]): string => {
  let room = REASON_DATA_LIMIT - document({ triggeringAlarms: [] }).length
  const entries: Json[] = []
  for (const { arn, value, at } of alarms) {
    const entry = document({ arn, state: { value, timestamp: cloudWatchTime(at) } })
    room -= entry.length + 1
    if (room < 0) break
    entries.push(written(entry))
  }
  return document({ triggeringAlarms: entries })
}

/** Reads {@link triggeringAlarmsData} back; data that anybody else has set holds none. */
export const triggeringAlarms = (reasonData: string | undefined): readonly TriggeringAlarm[] => {
  const list = member(parsed(reasonData), 'triggeringAlarms')
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown): readonly TriggeringAlarm[] => {
    const arn = member(entry, 'arn')
    const state = member(entry, 'state')
    const value = member(state, 'value')
    const timestamp = member(state, 'timestamp')
    const at = typeof timestamp === 'string' ? Date.parse(timestamp.replace('+0000', 'Z')) : NaN
    return typeof arn === 'string' && isStateValue(value) && !Number.isNaN(at) ? [{ arn, value, at: epochMillis(at) }] : []
  })
}

const isStateValue = (value: unknown): value is AlarmStateValue => value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA'
