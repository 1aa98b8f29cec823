import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { reasonOf } from './trouble.tsx'

interface Props {
  readonly title: string
  /** The verb on the button that does it. */
  readonly verb: string
  readonly children: ReactNode
  readonly act: () => Promise<unknown>
  readonly onClose: () => void
  readonly onDone: () => unknown
}

/** Asks before doing something that matters; an error stays in the dialog, so that nothing typed is lost. */
export const ConfirmDialog = ({ title, verb, children, act, onClose, onDone }: Props) => {
  const { mutate, isPending, error } = useMutation({ mutationFn: act, onSuccess: onDone })
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={isPending} onClick={() => mutate()}>{verb}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error !== null && <Alert type="error" header="Not done">{reasonOf(error)}</Alert>}
        {children}
      </SpaceBetween>
    </Modal>
  )
}
