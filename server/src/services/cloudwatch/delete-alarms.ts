import type { DeleteAlarmsCommandInput } from '@aws-sdk/client-cloudwatch'
import { deletedItem } from '../../engines/alarms/history.ts'
import { operation } from '../operation.ts'
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
      const found = []
      for (const name of new Set(input.AlarmNames)) {
        const record = await alarms.get(call.tenant, name)
        if (record !== undefined) found.push(record)
      }
      await alarms.delete(call.tenant, found.map(({ alarm }) => alarm.name), found.map(record => deletedItem(record, call.now)))
    },
  })
