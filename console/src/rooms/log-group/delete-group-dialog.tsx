import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

/** Deleting takes every event along: whoever wants it types the name. */
export const DeleteGroupDialog = ({ name, onClose }: { readonly name: string; readonly onClose: () => void }) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const { tell } = useFlashes()
  const [typed, setTyped] = useState('')
  const act = async (): Promise<unknown> => {
    if (typed !== name) throw new Error('What you typed is not the name of the log group.')
    return connection.logs('DeleteLogGroup', { logGroupName: name })
  }
  const done = async (): Promise<void> => {
    tell('success', `Log group ${name} is deleted.`)
    await navigate('/log-groups')
    await queries.invalidateQueries({ queryKey: [connection.region, 'log-groups'] })
  }
  return (
    <ConfirmDialog title="Delete this log group?" verb="Delete" act={act} onClose={onClose} onDone={done}>
      <p>All events of <b className="wrap-anywhere">{name}</b> are gone then, for good.</p>
      <FormField label="Type its name to confirm">
        <Input value={typed} placeholder={name} onChange={({ detail }) => setTyped(detail.value)} autoFocus />
      </FormField>
    </ConfirmDialog>
  )
}
