import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { validateBody } from '../../../../server/src/engines/dashboards/validate-body.ts'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { putDashboard } from '../../aws/dashboards.ts'
import { reasonOf } from '../../parts/trouble.tsx'
import { plural } from '../../words/durations.ts'
import { placeInText } from '../../words/json-place.ts'

interface Props {
  readonly name: string
  readonly text: string
  readonly onClose: () => void
}

interface Message {
  readonly dataPath: string
  readonly message: string
}

/** The dashboard's JSON. What PutDashboard would say is said while it is typed, each message at its place in the text. */
export const EditDialog = ({ name, text, onClose }: Props) => {
  const connection = useConnection()
  const { tell } = useFlashes()
  const [draft, setDraft] = useState(text)
  const area = useRef<HTMLTextAreaElement>(null)
  const settled = useDeferredValue(draft)
  const looked = useMemo(() => validateBody(settled), [settled])
  const { mutate: save, isPending, error } = useMutation({
    mutationFn: () => putDashboard(connection, name, draft),
    onSuccess: async warnings => {
      await queries.invalidateQueries({ queryKey: [connection.region, 'dashboard', name] })
      tell('success', warnings.length === 0 ? 'The dashboard is saved.' : `The dashboard is saved, with ${plural(warnings.length, 'warning')}.`)
      onClose()
    },
  })
  const messages: readonly Message[] = looked.kind === 'valid' ? looked.warnings : looked.kind === 'invalid' ? looked.errors : []
  const show = (path: string): void => {
    const [start, end] = placeInText(draft, path)
    const element = area.current
    if (element === null) return
    element.focus()
    element.setSelectionRange(start, end)
    const line = draft.slice(0, start).split('\n').length - 1
    element.scrollTop = line * (element.scrollHeight / draft.split('\n').length) - element.clientHeight / 3
  }
  return (
    <Modal
      visible
      size="max"
      header={`Edit ${name}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={isPending} onClick={() => save()}>Save</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {error !== null && <Alert type="error" header="Not saved">{reasonOf(error).split('\n')[0]}</Alert>}
        <textarea
          ref={area} className="dashboard-source" aria-label="Dashboard body" spellCheck={false} value={draft} onChange={event => setDraft(event.target.value)}
        />
        <div role="status">
          {looked.kind === 'unreadable' && <p className="widget-error">This is no JSON object: {syntaxProblem(draft)}</p>}
          {looked.kind === 'valid' && messages.length === 0 && <p className="quiet">Nothing is wrong with it.</p>}
          {messages.length > 0 && (
            <>
              <b>{looked.kind === 'invalid' ? `${plural(looked.errorCount, 'error')}: it cannot be saved` : `${plural(messages.length, 'warning')}: it can be saved`}</b>
              <ul className="dashboard-messages">
                {messages.map(({ dataPath, message }, index) => (
                  <li key={`${index} ${dataPath}`}>
                    <Button variant="inline-link" ariaLabel={`Show ${dataPath}`} onClick={() => show(dataPath)}>{dataPath || '/'}</Button> {message}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </SpaceBetween>
    </Modal>
  )
}

const syntaxProblem = (text: string): string => {
  try {
    JSON.parse(text)
    return 'it is another JSON value.'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
