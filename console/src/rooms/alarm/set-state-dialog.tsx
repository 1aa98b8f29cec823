import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import type { Alarm, StateValue } from '../../aws/shapes.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { plural } from '../../words/durations.ts'
import { isState, STATE_NAMES, STATES } from '../../words/states.ts'

interface Props {
  readonly alarm: Alarm
  readonly onClose: () => void
  readonly onDone: (message: string) => void
}

/** SetAlarmState: a fire drill, with real notifications. */
export const SetStateDialog = ({ alarm, onClose, onDone }: Props) => {
  const connection = useConnection()
  const current = alarm.StateValue ?? 'INSUFFICIENT_DATA'
  const [state, setState] = useState<StateValue>(current === 'ALARM' ? 'OK' : 'ALARM')
  const [reason, setReason] = useState('Set by hand for a test')
  const actions = actionsOf(alarm, state)
  return (
    <ConfirmDialog
      title="Set the state for a test"
      verb={`Set to ${STATE_NAMES[state]}`}
      act={() => connection.cloudWatch('SetAlarmState', { AlarmName: alarm.AlarmName, StateValue: state, StateReason: reason })}
      onClose={onClose}
      onDone={() => onDone(`The state is ${STATE_NAMES[state]} until the next evaluation.`)}
    >
      <FormField label="State">
        <RadioGroup
          value={state}
          items={STATES.map(value => ({ value, label: value === current ? `${STATE_NAMES[value]} (now)` : STATE_NAMES[value] }))}
          onChange={({ detail }) => {
            if (isState(detail.value)) setState(detail.value)
          }}
        />
      </FormField>
      <FormField label="Reason" description="Goes into the notification and the history.">
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      <Alert type={state !== current && actions > 0 ? 'warning' : 'info'}>{consequence(alarm, state === current, actions)}</Alert>
    </ConfirmDialog>
  )
}

const actionsOf = (alarm: Alarm, state: StateValue): number =>
  ({ ALARM: alarm.AlarmActions, OK: alarm.OKActions, INSUFFICIENT_DATA: alarm.InsufficientDataActions })[state]?.length ?? 0

const consequence = (alarm: Alarm, same: boolean, actions: number): string => {
  const back = 'At its next evaluation the alarm returns to its real state.'
  if (same) return `The alarm is in this state already: nothing is sent. ${back}`
  if (alarm.ActionsEnabled === false) return `Actions are off: nothing is sent. ${back}`
  if (actions === 0) return `This state has no actions: nothing is sent. ${back}`
  return `This runs ${plural(actions, 'action')} for real: people who are on call get a real message. ${back}`
}
