import type { PutCompositeAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn } from '../../base/arn.ts'
import { validationError } from '../../wire/fault.ts'
import { enforce, integer, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { ACTION_CONFIGURATION, TAGS_DIFFER, tagsRead } from './alarms/action-configuration.ts'
import { defineComposite } from './alarms/composite-definition.ts'
import { keepAlarm } from './alarms/keep-alarm.ts'
import { alarmResources } from './alarms/resources.ts'
import { alarmName, resourceList, tagList } from './limits.ts'
import type { AlarmStore } from './ports.ts'
import { taggedIn, tagRecord } from './tags.ts'

const INPUT = structure(
  {
    AlarmName: alarmName,
    AlarmDescription: text({ min: 0, max: 1024 }),
    AlarmRule: text({ min: 1, max: 10_240 }),
    OKActions: resourceList,
    AlarmActions: resourceList,
    InsufficientDataActions: resourceList,
    ActionsSuppressor: text({ min: 1, max: 1600 }),
    ActionsSuppressorWaitPeriod: integer({ min: 0 }),
    ActionsSuppressorExtensionPeriod: integer({ min: 0 }),
    Tags: tagList,
    ActionConfiguration: ACTION_CONFIGURATION,
  },
  ['AlarmName', 'AlarmRule'],
)

/** Creates a composite alarm, or overwrites its whole definition. It is evaluated right after, by the clockwork. */
export const putCompositeAlarm = (alarms: AlarmStore) =>
  operation<PutCompositeAlarmCommandInput, void>({
    name: 'PutCompositeAlarm',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    also: tagsRead,
    tagged: (input, tenant) => taggedIn(input, alarmArn(tenant, input.AlarmName ?? '*')),
    differs: [
      { member: 'AlarmRule', how: 'alarms of other accounts are refused: accounts are kept apart' },
      TAGS_DIFFER,
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const tags = tagRecord(input.Tags ?? [], validationError)
      const known = await alarms.list(call.tenant)
      const alarm = defineComposite(input, known, call.tenant, call.now)
      await keepAlarm(alarms, alarm, known.find(record => record.alarm.name === alarm.name), tags)
    },
  })
