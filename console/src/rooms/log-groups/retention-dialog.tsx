import { useState } from 'react'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { setRetention } from '../../aws/log-groups.ts'
import type { LogGroup } from '../../aws/log-shapes.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { RetentionSelect } from './retention-select.tsx'

export const RetentionDialog = ({ group, onClose }: { readonly group: LogGroup; readonly onClose: () => void }) => {
  const connection = useConnection()
  const { tell } = useFlashes()
  const [days, setDays] = useState(group.retentionInDays)
  const name = group.logGroupName ?? ''
  return (
    <ConfirmDialog
      title="How long to keep events"
      verb="Save"
      act={() => setRetention(connection, name, days)}
      onClose={onClose}
      onDone={async () => {
        tell('success', `How long ${name} keeps its events is changed.`)
        onClose()
        await queries.invalidateQueries({ queryKey: [connection.region, 'log-groups'] })
      }}
    >
      <p><b className="wrap-anywhere">{name}</b></p>
      <RetentionSelect days={days} onChange={setDays} />
    </ConfirmDialog>
  )
}
