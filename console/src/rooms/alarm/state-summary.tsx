import Box from '@cloudscape-design/components/box'
import type { Alarm } from '../../aws/shapes.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { kindOf } from '../../words/alarm-kind.ts'
import { condition, subject } from '../../words/condition.ts'
import { quantity } from '../../words/quantities.ts'
import { clockTimeToTheSecond, fullTime } from '../../words/times.ts'
import { type EvaluatedPoint, evaluatedPoints } from './evaluated-points.ts'
import './state-summary.css'

const SUPPRESSED = { Alarm: 'the suppressor is in alarm', WaitPeriod: 'waiting for the suppressor', ExtensionPeriod: 'the suppressor has just ended' }

interface Props {
  readonly alarm: Alarm
  readonly unit: string | undefined
  /** What to do first, from the alarm's `Action` tag. */
  readonly action: string | undefined
}

/** The state, since when, why, and what to do: what the one on call reads first. */
export const StateSummary = ({ alarm, unit, action }: Props) => {
  const state = alarm.StateValue ?? 'INSUFFICIENT_DATA'
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp
  const points = evaluatedPoints(alarm.StateReasonData)
  return (
    <section className="state-summary" data-state={state} aria-label="State">
      <div className="state-line">
        <Box fontSize="heading-m" fontWeight="bold"><StateBadge state={state} /></Box>
        {since !== undefined && <span>since {fullTime(since)} (<TimeAgo at={since} />)</span>}
        {alarm.ActionsEnabled === false && <b>Actions are off: nobody is notified.</b>}
      </div>
      {alarm.ActionsSuppressedBy !== undefined && (
        <div><b>Actions are held back</b> ({SUPPRESSED[alarm.ActionsSuppressedBy]}): {alarm.ActionsSuppressedReason}</div>
      )}
      <div className="state-condition">
        {kindOf(alarm) === 'composite' ? <code className="rule-text">{alarm.AlarmRule}</code> : <><b>{subject(alarm)}</b>: {condition(alarm, unit)}</>}
      </div>
      <div className="quiet wrap-anywhere">{alarm.StateReason}</div>
      {points.length > 0 && <LookedAt points={points} unit={unit} />}
      {action !== undefined && <div><b>What to do:</b> {action}</div>}
    </section>
  )
}

/** More than these say nothing more; the graph shows them all. */
const MOST_SHOWN = 10

const LookedAt = ({ points, unit }: { readonly points: readonly EvaluatedPoint[]; readonly unit: string | undefined }) => (
  <div className="quiet">
    Looked at, newest first:
    {points.slice(0, MOST_SHOWN).map(({ at, value }) => (
      <span key={at} className="looked-at" title={fullTime(at)}>
        <b className="number">{value === undefined ? 'missing' : quantity(value, unit)}</b> {clockTimeToTheSecond(at)}
      </span>
    ))}
    {points.length > MOST_SHOWN && ` and ${points.length - MOST_SHOWN} more`}
  </div>
)
