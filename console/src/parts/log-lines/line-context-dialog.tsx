import Modal from '@cloudscape-design/components/modal'
import { LineContext } from './line-context.tsx'
import type { Line } from './log-lines.tsx'

export const LineContextDialog = ({ line, onClose }: { readonly line: Line; readonly onClose: () => void }) => (
  <Modal visible size="max" header={<span className="wrap-anywhere">{line.stream}</span>} closeAriaLabel="Close" onDismiss={onClose}>
    <LineContext line={line} />
  </Modal>
)
