import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import { Command } from './command.tsx'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** The one command that fills the emptiness. */
  readonly command?: string
}

/** Says why there is nothing, and what to do next. */
export const Empty = ({ title, children, command }: Props) => (
  <Box textAlign="center" padding={{ vertical: 'l' }}>
    <Box variant="strong" fontSize="heading-s">{title}</Box>
    <Box color="text-body-secondary" padding={{ vertical: 'xs' }}>{children}</Box>
    {command !== undefined && <Command text={command} />}
  </Box>
)
