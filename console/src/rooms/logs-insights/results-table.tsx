import Button from '@cloudscape-design/components/button'
import { Fragment, useMemo, useState } from 'react'
import type { LogQuestion, QueryAnswer, QueryRow } from '../../aws/log-queries.ts'
import { secondsOf } from '../../words/query-chart.ts'
import { nextSorting, sortedRows, type Sorting } from '../../words/sorted-rows.ts'
import { lineTime } from '../../words/times.ts'
import { visible } from '../../words/visible.ts'
import { RowDetails } from './row-details.tsx'

interface Props {
  readonly answer: QueryAnswer
  readonly question: LogQuestion
}

const PAGE = 200
/** Characters of a value: three lines of it are shown. */
const MOST_OF_VALUE = 4000

/** The rows; each opens to all that is known of it. */
export const ResultsTable = ({ answer: { columns, rows }, question }: Props) => {
  const [shown, setShown] = useState(PAGE)
  const [sorting, setSorting] = useState<Sorting>()
  const sorted = useMemo(() => sortedRows(rows, sorting), [rows, sorting])
  return (
    <div className="query-table" tabIndex={0} role="region" aria-label="Rows of the query">
      <table>
        <thead><tr><th scope="col"><span className="quiet">#</span></th>{columns.map(column => {
          const order = sorting?.column !== column ? undefined : sorting.down ? 'descending' : 'ascending'
          return (
            <th key={column} scope="col" aria-sort={order}>
              <button type="button" className="query-head" onClick={() => setSorting(nextSorting(sorting, column))}>
                {visible(column)} <span aria-hidden="true">{order === undefined ? '' : order === 'ascending' ? '▲' : '▼'}</span>
              </button>
            </th>
          )
        })}</tr></thead>
        <tbody>
          {sorted.slice(0, shown).map((row, index) => <Row key={row['@ptr'] ?? index} row={row} number={index + 1} columns={columns} question={question} />)}
        </tbody>
      </table>
      {rows.length > shown && <div className="log-foot"><Button variant="inline-link" onClick={() => setShown(shown + PAGE)}>Show more of {rows.length.toLocaleString('en')} rows</Button></div>}
    </div>
  )
}

interface RowProps {
  readonly row: QueryRow
  readonly number: number
  readonly columns: readonly string[]
  readonly question: LogQuestion
}

const Row = ({ row, number, columns, question }: RowProps) => {
  const [open, setOpen] = useState(false)
  return (
    <Fragment>
      <tr>
        <td>
          <Button
            variant="inline-icon" iconName={open ? 'angle-down' : 'angle-right'} ariaExpanded={open} ariaLabel={`${open ? 'Close' : 'Open'} row ${number}`}
            onClick={() => setOpen(!open)}
          />
        </td>
        {columns.map(column => <Cell key={column} value={row[column]} />)}
      </tr>
      {open && <tr><td /><td colSpan={columns.length}><RowDetails row={row} question={question} /></td></tr>}
    </Fragment>
  )
}

/** Times come in UTC, and are shown in the viewer's zone as everywhere. */
const Cell = ({ value }: { readonly value: string | undefined }) => {
  if (value === undefined) return <td><span className="quiet">–</span></td>
  const at = secondsOf(value)
  return <td>{Number.isNaN(at) ? <span className="query-cell">{visible(value.slice(0, MOST_OF_VALUE))}</span> : <time className="query-time" title={`${value} UTC`}>{lineTime(at)}</time>}</td>
}
