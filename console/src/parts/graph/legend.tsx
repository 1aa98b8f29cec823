import type { ReactNode } from 'react'
import { STATE_NAMES, STATES } from '../../words/states.ts'
import { quantity } from '../../words/quantities.ts'
import { fullTime } from '../../words/times.ts'
import { stateAt, type StateBand } from './bands.ts'
import { paletteOf, seriesColor } from './palette.ts'
import type { Columns } from './series.ts'

interface Props {
  readonly columns: Columns
  readonly labels: readonly string[]
  /** Index under the cursor; null shows the latest values. */
  readonly cursor: number | null
  readonly unit: string | undefined
  readonly bands: readonly StateBand[]
  readonly theme: 'light' | 'dark'
  /** Which lines are limits of a band. */
  readonly limited: readonly boolean[]
  readonly lineActions: ((index: number) => ReactNode) | undefined
}

/** The lines' names with the values under the cursor, or the latest ones. */
export const Legend = ({ columns: [times, ...values], labels, cursor, unit, bands, theme, limited, lineActions }: Props) => {
  const palette = paletteOf(theme)
  const at = cursor === null ? undefined : times[cursor]
  const state = at === undefined ? undefined : stateAt(bands, at)
  const shownStates = STATES.filter(each => bands.some(band => band.state === each))
  return (
    <figcaption className={lineActions === undefined ? 'graph-legend' : 'graph-legend graph-rows'}>
      <span className="graph-time">{at === undefined ? 'Latest' : fullTime(at)}</span>
      {labels.map((label, index) => (
        <span key={`${index} ${label}`} className="graph-key">
          <Swatch color={limited[index] === true ? palette.expected : seriesColor(palette, index)} square={limited[index] === true} />
          <span className="wrap-anywhere">{label}</span> <b className="number">{shown(values[index] ?? [], cursor, unit)}</b>
          {lineActions !== undefined && <span className="graph-actions">{lineActions(index)}</span>}
        </span>
      ))}
      {shownStates.map(each => (
        <span key={each} className="graph-key">
          <Swatch color={palette.states[each]} square />
          {state === each ? <b>{STATE_NAMES[each]}</b> : STATE_NAMES[each]}
        </span>
      ))}
    </figcaption>
  )
}

const shown = (values: readonly (number | null | undefined)[], cursor: number | null, unit: string | undefined): string => {
  const value = cursor === null ? values.findLast(each => each !== null && each !== undefined) : values[cursor]
  return value === null || value === undefined ? '–' : quantity(value, unit)
}

const Swatch = ({ color, square = false }: { readonly color: string; readonly square?: boolean }) => (
  <svg className="graph-swatch" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    {square ? <rect x="1" y="3" width="10" height="6" rx="1" fill={color} /> : <rect y="4.5" width="12" height="3" rx="1.5" fill={color} />}
  </svg>
)
