import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { elapsed, plural } from '../../words/durations.ts'
import { quantity } from '../../words/quantities.ts'
import type { QueryRun } from './use-query-run.ts'

const LOOKS = {
  running: { type: 'in-progress', text: 'Running' }, done: { type: 'success', text: 'Complete' }, stopped: { type: 'stopped', text: 'Stopped' },
  failed: { type: 'error', text: 'Failed' },
} as const

/** How a query stands, and what it took. */
export const QueryProgress = ({ run: { state, answer, millis } }: { readonly run: QueryRun }) => {
  const { recordsMatched = 0, recordsScanned = 0, bytesScanned = 0 } = answer?.statistics ?? {}
  const { type, text } = LOOKS[state]
  return (
    <div aria-live="polite">
      <StatusIndicator type={type}>{text}</StatusIndicator>{' '}
      {answer !== undefined && (
        <span className="quiet">
          {plural(answer.rows.length, 'row')} · {quantity(recordsMatched)} of {plural(recordsScanned, 'event')} matched · {quantity(bytesScanned, 'Bytes')} looked at · {elapsed(millis)}
        </span>
      )}
    </div>
  )
}
