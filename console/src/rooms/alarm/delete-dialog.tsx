import { useConnection } from '../../app/session.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

interface Props {
  readonly name: string
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

export const DeleteDialog = ({ name, onClose, onDone }: Props) => {
  const connection = useConnection()
  return (
    <ConfirmDialog
      title="Delete this alarm?"
      verb="Delete"
      act={() => connection.cloudWatch('DeleteAlarms', { AlarmNames: [name] })}
      onClose={onClose}
      onDone={onDone}
    >
      <p><b className="wrap-anywhere">{name}</b> stops watching at once and its definition is gone. Its history is kept for two weeks.</p>
    </ConfirmDialog>
  )
}
