import DatePicker from '@cloudscape-design/components/date-picker'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import TimeInput from '@cloudscape-design/components/time-input'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { muteOnce } from '../../aws/mutes.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { minutesUntil } from '../../words/mute-words.ts'
import { zoneName } from '../../words/times.ts'

interface Props {
  readonly alarmName: string
  readonly onClose: () => void
  /** Called with epoch seconds. */
  readonly onDone: (until: number) => void
}

const two = (value: number): string => String(value).padStart(2, '0')
const dayOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** Mutes until a time of the viewer's choice. */
export const MuteDialog = ({ alarmName, onClose, onDone }: Props) => {
  const connection = useConnection()
  const [day, setDay] = useState(() => dayOf(new Date(Date.now() + 86_400_000)))
  const [time, setTime] = useState('09:00')
  const [description, setDescription] = useState('')
  const until = Date.parse(`${day}T${time}`) / 1000
  const act = async (): Promise<unknown> => {
    const now = Date.now() / 1000
    const minutes = minutesUntil(now, until)
    if (minutes === undefined) throw new Error('Choose a time that is ahead, and not more than 15 days away.')
    return muteOnce(connection, alarmName, now, minutes, description)
  }
  return (
    <ConfirmDialog title="Mute until" verb="Mute" act={act} onClose={onClose} onDone={() => onDone(until)}>
      <SpaceBetween direction="horizontal" size="s">
        <FormField label="Day"><DatePicker value={day} onChange={({ detail }) => setDay(detail.value)} openCalendarAriaLabel={() => 'Choose a day'} /></FormField>
        <FormField label="Time" description={zoneName()}><TimeInput format="hh:mm" value={time} onChange={({ detail }) => setTime(detail.value)} /></FormField>
      </SpaceBetween>
      <FormField label="Why" description="Shown beside the mute. May stay empty.">
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </ConfirmDialog>
  )
}
