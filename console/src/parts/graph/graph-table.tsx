import { quantity } from '../../words/quantities.ts'
import { fullTime } from '../../words/times.ts'
import { Disclosure } from '../disclosure.tsx'
import type { Columns } from './series.ts'

interface Props {
  readonly title: string
  readonly columns: Columns
  readonly labels: readonly string[]
  readonly unit: string | undefined
}

/** More rows than this help nobody, and hold the page up. */
const MOST_ROWS = 300

/** The graph's values as a table, newest first: for screen readers, and for copying. */
export const GraphTable = (props: Props) => <Disclosure summary="Values as a table"><Values {...props} /></Disclosure>

const Values = ({ title, columns: [times, ...values], labels, unit }: Props) => {
  const rows = times.map((at, index) => ({ at, index })).filter(({ index }) => values.some(column => typeof column[index] === 'number'))
  const shown = rows.slice(-MOST_ROWS).reverse()
  return (
    <div className="graph-table" tabIndex={0} role="region" aria-label={`Values of ${title}`}>
      <table>
        <thead>
          <tr><th scope="col">Time</th>{labels.map((label, index) => <th key={`${index} ${label}`} scope="col">{label}</th>)}</tr>
        </thead>
        <tbody>
          {shown.map(({ at, index }) => (
            <tr key={at}>
              <th scope="row">{fullTime(at)}</th>
              {values.map((column, position) => {
                const value = column[index]
                return <td key={labels[position] ?? position}>{typeof value === 'number' ? quantity(value, unit) : '–'}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p>The newest {MOST_ROWS} of {rows.length} rows. Choose a shorter range for the others.</p>}
    </div>
  )
}
