import { createdItem, updatedItem } from '../../../engines/alarms/history.ts'
import { continuedWarmUp } from '../../../engines/alarms/warm-up.ts'
import { alarmTypeOf, type Alarm, type AlarmRecord, type AlarmState } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import type { AlarmStore } from '../ports.ts'

/**
 * The end of every put: creates the alarm with its tags, or overwrites the definition of the one that is there (`existing`), which
 * keeps its state and its tags. A name has one type for as long as the alarm lives.
 */
export const keepAlarm = async (
  alarms: AlarmStore,
  alarm: Alarm,
  existing: AlarmRecord | undefined,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  if (existing !== undefined && alarmTypeOf(existing.alarm) !== alarmTypeOf(alarm)) {
    const other = alarmTypeOf(alarm) === 'MetricAlarm' ? `A ${existing.alarm.kind} alarm` : 'An alarm of another type'
    throw validationError(`${other} has the name ${alarm.name} already`)
  }
  const { warmUp, configuredAt } = alarm
  const kept = warmUp === undefined ? alarm : { ...alarm, warmUp: continuedWarmUp(warmUp, existing, configuredAt) }
  const record = { alarm: kept, state: existing?.state ?? initialState(alarm) }
  await alarms.put(record, existing === undefined ? createdItem(record) : updatedItem(record), tags)
}

/** A PromQL query yields only what is wrong: nothing yet is nothing wrong, once it is asked. */
const initialState = ({ kind, configuredAt, warmUp }: Alarm): AlarmState => ({
  value: kind === 'promql' && warmUp === undefined ? 'OK' : 'INSUFFICIENT_DATA',
  reason: 'Unchecked: Initial alarm creation',
  reasonData: undefined,
  updatedAt: configuredAt,
  transitionedAt: configuredAt,
})
