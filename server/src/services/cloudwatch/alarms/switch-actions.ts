import { updatedItem } from '../../../engines/alarms/history.ts'
import type { AlarmRecord } from '../../../model/alarm.ts'
import type { Call } from '../../operation.ts'
import { enforce, structure } from '../../constraints.ts'
import { alarmNames } from '../limits.ts'
import type { AlarmStore } from '../ports.ts'

const INPUT = structure({ AlarmNames: alarmNames }, ['AlarmNames'])

/** Turns the actions of the named alarms on or off; unknown names and alarms that are so already are left alone. */
export const switchActions = async (
  alarms: AlarmStore,
  input: { readonly AlarmNames: readonly string[] | undefined },
  actionsEnabled: boolean,
  call: Call,
): Promise<void> => {
  enforce(INPUT, input)
  for (const name of new Set(input.AlarmNames)) {
    const existing = await alarms.get(call.tenant, name)
    if (existing === undefined || existing.alarm.actionsEnabled === actionsEnabled) continue
    const record: AlarmRecord = { alarm: { ...existing.alarm, actionsEnabled, configuredAt: call.now }, state: existing.state }
    await alarms.put(record, updatedItem(record), {})
  }
}
