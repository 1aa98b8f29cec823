import Modal from '@cloudscape-design/components/modal'
import { useState } from 'react'
import type { Line } from './line.ts'
import { LineContext } from './line-context.tsx'
import { LogLines, type LogLinesProps } from './log-lines.tsx'

/** Lines, with what came before and after one of them in a dialog: the list keeps its place meanwhile. */
export const BrowsedLines = (props: Omit<LogLinesProps, 'onContext'>) => {
  const [around, setAround] = useState<Line>()
  return (
    <>
      <LogLines {...props} onContext={setAround} />
      {around !== undefined && (
        <Modal visible size="max" header={<span className="wrap-anywhere">{around.stream}</span>} closeAriaLabel="Close" onDismiss={() => setAround(undefined)}>
          <LineContext line={around} />
        </Modal>
      )}
    </>
  )
}
