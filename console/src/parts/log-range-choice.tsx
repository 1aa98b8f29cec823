import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import type { Range } from '../words/ranges.ts'
import { zoneName } from '../words/times.ts'

interface Props {
  readonly range: Range
  readonly onChange: (range: Range) => void
}

const RELATIVE: DateRangePickerProps['relativeOptions'] = [
  { key: '5m', amount: 5, unit: 'minute', type: 'relative' },
  { key: '15m', amount: 15, unit: 'minute', type: 'relative' },
  { key: '1h', amount: 1, unit: 'hour', type: 'relative' },
  { key: '3h', amount: 3, unit: 'hour', type: 'relative' },
  { key: '12h', amount: 12, unit: 'hour', type: 'relative' },
  { key: '1d', amount: 1, unit: 'day', type: 'relative' },
  { key: '1w', amount: 7, unit: 'day', type: 'relative' },
  { key: '30d', amount: 30, unit: 'day', type: 'relative' },
]
const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 }

const valueOf = (range: Range): DateRangePickerProps.Value => {
  if (range.kind === 'between') return { type: 'absolute', startDate: iso(range.start), endDate: iso(range.end) }
  const [unit, size] = (['day', 'hour', 'minute'] as const).map(name => [name, SECONDS[name] ?? 60] as const).find(([, each]) => range.seconds % each === 0) ?? ['second' as const, 1]
  return { type: 'relative', amount: range.seconds / size, unit }
}
const iso = (at: number): string => new Date(at * 1000).toISOString()

/** The last so long, or from one moment to another, in the viewer's zone. */
export const LogRangeChoice = ({ range, onChange }: Props) => (
  <DateRangePicker
    value={valueOf(range)}
    relativeOptions={RELATIVE}
    ariaLabel="Time range"
    placeholder="Time range"
    showClearButton={false}
    {...(zoneName() === 'UTC' && { timeOffset: 0 })}
    isValidRange={value => {
      if (value === null) return { valid: false, errorMessage: 'Choose a range.' }
      if (value.type === 'relative') return value.amount > 0 ? { valid: true } : { valid: false, errorMessage: 'Choose a length.' }
      return new Date(value.endDate) > new Date(value.startDate) ? { valid: true } : { valid: false, errorMessage: 'The end must be after the start.' }
    }}
    onChange={({ detail: { value } }) => {
      if (value === null) return
      if (value.type === 'relative') onChange({ kind: 'last', seconds: value.amount * (SECONDS[value.unit] ?? 60) })
      else onChange({ kind: 'between', start: Math.floor(Date.parse(value.startDate) / 1000), end: Math.ceil(Date.parse(value.endDate) / 1000) })
    }}
  />
)
