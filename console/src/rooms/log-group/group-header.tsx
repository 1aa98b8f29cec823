import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { insightsPage, liveTailPage } from '../../aws/log-addresses.ts'
import type { LogGroup } from '../../aws/log-shapes.ts'
import { quantity } from '../../words/quantities.ts'
import { retentionText } from '../../words/retention.ts'
import { RetentionDialog } from '../log-groups/retention-dialog.tsx'
import { DeleteGroupDialog } from './delete-group-dialog.tsx'

/** The name, how much there is and for how long, and what can be done with it. */
export const GroupHeader = ({ group }: { readonly group: LogGroup }) => {
  const [dialog, setDialog] = useState<'retention' | 'delete'>()
  const close = (): void => setDialog(undefined)
  const { logGroupName: name = '', storedBytes = 0, retentionInDays } = group
  return (
    <>
      <Header
        variant="h1"
        description={`${quantity(storedBytes, 'Bytes')} · kept ${retentionInDays === undefined ? 'for ever' : `for ${retentionText(retentionInDays)}`}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button href={liveTailPage([name])}>Live tail</Button>
            <Button onClick={() => setDialog('retention')}>Retention</Button>
            <Button onClick={() => setDialog('delete')}>Delete</Button>
            <Button variant="primary" href={insightsPage([name])}>Query</Button>
          </SpaceBetween>
        }
      >
        <span className="wrap-anywhere">{name}</span>
      </Header>
      {dialog === 'retention' && <RetentionDialog group={group} onClose={close} />}
      {dialog === 'delete' && <DeleteGroupDialog name={name} onClose={close} />}
    </>
  )
}
