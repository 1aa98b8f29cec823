import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { dashboardPage, putDashboard } from '../../aws/dashboards.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { startBody } from './start-body.ts'

interface Props {
  readonly taken: readonly string[]
  readonly onClose: () => void
}

/** A new dashboard with something on it to begin with; its page opens then. */
export const CreateDashboardDialog = ({ taken, onClose }: Props) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const act = async (): Promise<unknown> => {
    // PutDashboard would replace it without asking.
    if (taken.includes(name)) throw new Error(`There is a dashboard named ${name} already.`)
    return putDashboard(connection, name, startBody(name, connection.region))
  }
  const done = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: [connection.region, 'dashboards'] })
    await navigate(dashboardPage(name).slice(1))
  }
  return (
    <ConfirmDialog title="Create a dashboard" verb="Create" act={act} onClose={onClose} onDone={done}>
      <FormField label="Name" description="Letters, digits, dashes and underscores.">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
      </FormField>
    </ConfirmDialog>
  )
}
