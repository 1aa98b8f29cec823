import type { DeleteAlarmsCommandInput } from '@aws-sdk/client-cloudwatch'
import { deletedItem } from '../../engines/alarms/history.ts'
import type { AlarmRecord } from '../../model/alarm.ts'
import { validationError } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { isComposite, parentsByChild } from './alarms/family.ts'
import { alarmResources } from './alarms/resources.ts'
import { enforce, structure } from '../constraints.ts'
import { alarmNames } from './limits.ts'
import type { AlarmStore } from './ports.ts'

const INPUT = structure({ AlarmNames: alarmNames }, ['AlarmNames'])

/** Deletes the named alarms. Unknown names are passed over, also when there are no others: deleting twice is no error. */
export const deleteAlarms = (alarms: AlarmStore) =>
  operation<DeleteAlarmsCommandInput, void>({
    name: 'DeleteAlarms',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources(input.AlarmNames, tenant),
    async run(input, call) {
      enforce(INPUT, input)
      const names = new Set(input.AlarmNames)
      const known = await alarms.list(call.tenant)
      const found = known.filter(({ alarm }) => names.has(alarm.name))
      if (found.filter(isComposite).length > 1) throw validationError('At most one composite alarm can be deleted in one call')
      const parents = parentsByChild(known)
      for (const record of found) requireNoParent(record, parents.get(record.alarm.arn) ?? [], found)
      await alarms.delete(call.tenant, found.map(({ alarm }) => alarm.name), found.map(record => deletedItem(record, call.now)))
    },
  })

/** A parent that goes in the same call is none; an alarm that stands on itself cannot go. */
const requireNoParent = (record: AlarmRecord, parents: readonly AlarmRecord[], going: readonly AlarmRecord[]): void => {
  const staying = parents.filter(parent => parent === record || !going.includes(parent)).map(({ alarm }) => alarm.name)
  if (staying.length === 0) return
  throw validationError(`The alarm ${record.alarm.name} cannot be deleted because composite alarms depend on it: [${staying.join(', ')}]`)
}
