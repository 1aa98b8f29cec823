import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { EditDialog } from './edit-dialog.tsx'

interface Props {
  readonly name: string
  readonly text: string
  /** How to look at it. */
  readonly controls?: ReactNode
}

/** The name, and what can be done to the dashboard. */
export const DashboardHeader = ({ name, text, controls }: Props) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const { tell } = useFlashes()
  const [dialog, setDialog] = useState<'edit' | 'delete'>()
  const close = (): void => setDialog(undefined)
  return (
    <div className="dashboard-header">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDialog('edit')}>Edit</Button>
            <Button onClick={() => setDialog('delete')}>Delete</Button>
          </SpaceBetween>
        }
      >
        <span className="wrap-anywhere">{name}</span>
      </Header>
      {controls}
      {dialog === 'edit' && <EditDialog name={name} text={text} onClose={close} />}
      {dialog === 'delete' && (
        <ConfirmDialog
          title="Delete this dashboard?"
          verb="Delete"
          act={() => connection.cloudWatch('DeleteDashboards', { DashboardNames: [name] })}
          onClose={close}
          onDone={async () => {
            tell('success', `Dashboard ${name} is deleted.`)
            await queries.invalidateQueries({ queryKey: [connection.region, 'dashboards'] })
            await navigate('/dashboards')
          }}
        >
          <p><b className="wrap-anywhere">{name}</b> is gone then. The metrics that it shows stay.</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
