import type { CompositeAlarm as DescribedAlarm } from '@aws-sdk/client-cloudwatch'
import { suppressedReason } from '../../../engines/alarms/held-actions.ts'
import type { CompositeAlarm, RecordOf } from '../../../model/alarm.ts'
import { describeActionConfiguration } from './action-configuration.ts'

/** A composite alarm as the describe operations show it: what was never set is left out, lists are there even when empty. */
export const describeCompositeAlarm = ({ alarm, state }: RecordOf<CompositeAlarm>): DescribedAlarm => ({
  ActionsEnabled: alarm.actionsEnabled,
  ...describeActionConfiguration(alarm),
  AlarmActions: [...alarm.alarmActions],
  AlarmArn: alarm.arn,
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
  AlarmName: alarm.name,
  AlarmRule: alarm.rule,
  InsufficientDataActions: [...alarm.insufficientDataActions],
  OKActions: [...alarm.okActions],
  StateReason: state.reason,
  ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
  StateUpdatedTimestamp: new Date(state.updatedAt),
  StateValue: state.value,
  StateTransitionedTimestamp: new Date(state.transitionedAt),
  ...(state.suppression === undefined
    ? {}
    : { ActionsSuppressedBy: state.suppression.by, ActionsSuppressedReason: suppressedReason(state.suppression) }),
  ...(alarm.suppressor === undefined
    ? {}
    : {
        ActionsSuppressor: alarm.suppressor.alarm,
        ActionsSuppressorWaitPeriod: alarm.suppressor.waitPeriod,
        ActionsSuppressorExtensionPeriod: alarm.suppressor.extensionPeriod,
      }),
})
