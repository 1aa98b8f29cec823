import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import type { Alarm } from '../../aws/shapes.ts'
import { reasonOf } from '../../parts/trouble.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { SetStateDialog } from './set-state-dialog.tsx'

type Dialog = 'set-state' | 'delete'

/** What can be done to the alarm. */
export const AlarmActions = ({ alarm }: { readonly alarm: Alarm }) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const { tell } = useFlashes()
  const [dialog, setDialog] = useState<Dialog>()
  const name = alarm.AlarmName ?? ''
  const enabled = alarm.ActionsEnabled !== false

  const renew = () => queries.invalidateQueries({ queryKey: [connection.region] })
  const { mutate: switchActions, isPending } = useMutation({
    mutationFn: () => connection.cloudWatch(enabled ? 'DisableAlarmActions' : 'EnableAlarmActions', { AlarmNames: [name] }),
    onSuccess: () => {
      tell('success', enabled ? 'Actions are off: this alarm notifies nobody now.' : 'Actions are on again.')
      return renew()
    },
    onError: error => tell('error', 'The actions were not switched', reasonOf(error)),
  })

  return (
    <>
      <ButtonDropdown
        loading={isPending}
        items={[
          { id: 'switch', text: enabled ? 'Turn actions off' : 'Turn actions on' },
          { id: 'set-state', text: 'Set state for a test…' },
          { id: 'delete', text: 'Delete…' },
        ]}
        onItemClick={({ detail: { id } }) => {
          if (id === 'switch') switchActions()
          else setDialog(id as Dialog)
        }}
      >
        Manage
      </ButtonDropdown>
      {dialog === 'set-state' && (
        <SetStateDialog
          alarm={alarm}
          onClose={() => setDialog(undefined)}
          onDone={message => {
            setDialog(undefined)
            tell('success', message)
            void renew()
          }}
        />
      )}
      {dialog === 'delete' && (
        <DeleteDialog
          name={name}
          onClose={() => setDialog(undefined)}
          onDone={async () => {
            tell('success', `Alarm ${name} is deleted.`)
            // Only the list: what this page showed of the alarm is not there to be renewed.
            void queries.invalidateQueries({ queryKey: [connection.region, 'alarms'] })
            await navigate('/alarms')
          }}
        />
      )}
    </>
  )
}
