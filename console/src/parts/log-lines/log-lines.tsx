import Button from '@cloudscape-design/components/button'
import { type CSSProperties, memo, useState } from 'react'
import { lineTime } from '../../words/times.ts'
import { levelOf } from '../../words/log-fields.ts'
import { visible } from '../../words/visible.ts'
import type { Line } from './line.ts'
import { LineDetails } from './line-details.tsx'
import './log-lines.css'

export interface LogLinesProps {
  readonly label: string
  readonly lines: readonly Line[]
  /** Whether the lines are of several streams. */
  readonly streams?: boolean
  /** Whether they are of several groups. */
  readonly groups?: boolean
  /** Id of the line that all this is about. */
  readonly marked?: string | undefined
  /** Called with a line whose neighbours are wanted. */
  readonly onContext?: (line: Line) => void
}

/** Log lines one below the other, each to be opened. */
export const LogLines = ({ label, lines, streams = false, groups = false, marked, onContext }: LogLinesProps) => {
  const originOf = (line: Line): string => [...(groups ? [line.group] : []), ...(streams ? [line.stream] : [])].join(' · ')
  const widest = lines.reduce((most, line) => Math.max(most, originOf(line).length), 0)
  return (
    <ol className="log-lines" aria-label={label} style={{ '--origin-width': `${Math.min(widest, MOST_OF_ORIGIN)}ch` } as CSSProperties}>
      {lines.map(line => (
        <LogLine key={line.id} line={line} origin={originOf(line)} marked={line.id === marked} {...(onContext && { onContext })} />
      ))}
    </ol>
  )
}

/** Characters; longer names of groups and streams are cut. */
const MOST_OF_ORIGIN = 24

/** Characters; three lines are shown, and one line may have a million characters. */
const MOST_OF_MESSAGE = 4000

interface LineProps {
  readonly line: Line
  readonly origin: string
  readonly marked: boolean
  readonly onContext?: (line: Line) => void
}

/** Hundreds of lines stay as they are while others arrive. */
const LogLine = memo(({ line, origin, marked, onContext }: LineProps) => {
  const [open, setOpen] = useState(false)
  const { timestamp, message } = line
  const at = lineTime(timestamp / 1000)
  // Selecting text of a line must not open it.
  const toggle = (): void => {
    if (getSelection()?.type !== 'Range') setOpen(!open)
  }
  return (
    <li className="log-line" data-level={levelOf(message)} data-marked={marked || undefined} aria-current={marked || undefined}>
      <div className="log-line-head" onClick={toggle}>
        <span className="log-line-toggle">
          <Button
            variant="inline-icon" iconName={open ? 'angle-down' : 'angle-right'} ariaExpanded={open}
            ariaLabel={`${open ? 'Close' : 'Open'} the line of ${at}`}
            onClick={event => {
              event.stopPropagation()
              setOpen(!open)
            }}
          />
        </span>
        <time className="log-line-time" dateTime={new Date(timestamp).toISOString()}>{at}</time>
        {origin !== '' && <span className="log-line-origin" title={origin}>{origin}</span>}
        <span className="log-line-text">{message === '' ? ' ' : visible(message.slice(0, MOST_OF_MESSAGE))}</span>
      </div>
      {open && <LineDetails line={line} {...(onContext && { onContext: () => onContext(line) })} />}
    </li>
  )
})
