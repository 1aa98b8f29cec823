import type { EnableAlarmActionsCommandInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { alarmResources } from './alarms/resources.ts'
import { switchActions } from './alarms/switch-actions.ts'
import type { AlarmStore } from './ports.ts'

/** Lets the named alarms act again on the next change of their state; nothing is made up for. */
export const enableAlarmActions = (alarms: AlarmStore) =>
  operation<EnableAlarmActionsCommandInput, void>({
    name: 'EnableAlarmActions',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources(input.AlarmNames, tenant),
    run: (input, call) => switchActions(alarms, input, true, call),
  })
