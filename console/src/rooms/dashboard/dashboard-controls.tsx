import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import { RangeChoice } from '../../parts/range-choice.tsx'
import { duration } from '../../words/durations.ts'
import type { Range } from '../../words/ranges.ts'
import { dayAndTime, zoneName } from '../../words/times.ts'
import type { PeriodChoice } from './prepare-widgets.ts'

interface Props {
  /** Undefined: the dashboard's own. */
  readonly range: Range | undefined
  readonly onRange: (range: Range | undefined) => void
  /** Whether the dashboard has a range of its own to go back to. */
  readonly saved: boolean
  readonly periods: PeriodChoice
  readonly onPeriods: (periods: PeriodChoice) => void
  /** Seconds; 0: never. */
  readonly refresh: number
  readonly onRefresh: (seconds: number) => void
  readonly busy: boolean
  readonly onNow: () => void
}

const PERIODS: readonly { readonly id: string; readonly choice: PeriodChoice; readonly text: string }[] = [
  { id: 'saved', choice: 'saved', text: 'Periods as saved' },
  { id: 'auto', choice: 'auto', text: 'Periods by the range' },
  { id: 'inherit', choice: 'inherit', text: 'Periods of the widgets' },
  ...[60, 300, 900, 3600, 21_600, 86_400].map(seconds => ({ id: String(seconds), choice: seconds, text: `Period ${duration(seconds)}` })),
]
const REFRESHES: readonly { readonly seconds: number; readonly text: string }[] = [
  { seconds: 0, text: 'Refresh by hand' }, ...[10, 60, 300].map(seconds => ({ seconds, text: `Every ${duration(seconds)}` })),
]

/** How to look at the dashboard: range, periods, how often it is read anew. */
export const DashboardControls = ({ range, onRange, saved, periods, onPeriods, refresh, onRefresh, busy, onNow }: Props) => {
  const period = PERIODS.find(({ choice }) => choice === periods)
  const every = REFRESHES.find(({ seconds }) => seconds === refresh)
  return (
    <div className="dashboard-controls">
      <RangeChoice range={range ?? { kind: 'last', seconds: 0 }} onChange={onRange} />
      {saved && range !== undefined && <Button variant="inline-link" onClick={() => onRange(undefined)}>Range as saved</Button>}
      <span className="quiet">{range?.kind === 'between' && `${dayAndTime(range.start)} – ${dayAndTime(range.end)} · `}{zoneName()}</span>
      <span className="dashboard-gap" />
      <Select
        ariaLabel="Periods" selectedOption={{ value: period?.id ?? 'saved', label: period?.text ?? '' }} options={PERIODS.map(({ id, text }) => ({ value: id, label: text }))}
        onChange={({ detail }) => onPeriods(PERIODS.find(({ id }) => id === detail.selectedOption.value)?.choice ?? 'saved')}
      />
      <Select
        ariaLabel="Refresh" selectedOption={{ value: String(refresh), label: every?.text ?? '' }}
        options={REFRESHES.map(({ seconds, text }) => ({ value: String(seconds), label: text }))}
        onChange={({ detail }) => onRefresh(Number(detail.selectedOption.value))}
      />
      <Button iconName="refresh" ariaLabel="Refresh now" loading={busy} onClick={onNow} />
    </div>
  )
}
