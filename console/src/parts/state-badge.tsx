import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { StateValue } from '../aws/shapes.ts'
import { STATE_NAMES } from '../words/states.ts'

const TYPES: Readonly<Record<StateValue, StatusIndicatorProps.Type>> = { ALARM: 'error', OK: 'success', INSUFFICIENT_DATA: 'pending' }

export const StateBadge = ({ state }: { readonly state: StateValue }) => (
  <StatusIndicator type={TYPES[state]}>{STATE_NAMES[state]}</StatusIndicator>
)
