import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { logGroupPage } from '../../aws/log-addresses.ts'
import { setRetention } from '../../aws/log-groups.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { RetentionSelect } from './retention-select.tsx'

export const CreateGroupDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [days, setDays] = useState<number>()
  const act = async (): Promise<void> => {
    await connection.logs('CreateLogGroup', { logGroupName: name })
    if (days !== undefined) await setRetention(connection, name, days)
  }
  const done = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: [connection.region, 'log-groups'] })
    await navigate(logGroupPage(name).slice(1))
  }
  return (
    <ConfirmDialog title="Create a log group" verb="Create" act={act} onClose={onClose} onDone={done}>
      <SpaceBetween size="m">
        <FormField label="Name" description="Letters, digits and . - _ / #, at most 512.">
          <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
        </FormField>
        <RetentionSelect days={days} onChange={setDays} />
      </SpaceBetween>
    </ConfirmDialog>
  )
}
