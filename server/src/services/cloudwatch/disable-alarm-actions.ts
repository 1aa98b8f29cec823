import type { DisableAlarmActionsCommandInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { alarmResources } from './alarms/resources.ts'
import { switchActions } from './alarms/switch-actions.ts'
import type { AlarmStore } from './ports.ts'

/** Keeps the named alarms from acting; they are evaluated as before. */
export const disableAlarmActions = (alarms: AlarmStore) =>
  operation<DisableAlarmActionsCommandInput, void>({
    name: 'DisableAlarmActions',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources(input.AlarmNames, tenant),
    run: (input, call) => switchActions(alarms, input, false, call),
  })
