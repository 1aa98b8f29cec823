import Link from '@cloudscape-design/components/link'
import { logRecordPage } from '../../../aws/log-addresses.ts'
import type { QueryAnswer } from '../../../aws/log-queries.ts'
import { secondsOf } from '../../../words/query-chart.ts'
import { lineTime } from '../../../words/times.ts'

/** A widget shows what is newest; the rest is in Logs Insights. */
const MOST_ROWS = 100

/** The rows of a query; those that are events lead to them. */
export const QueryRows = ({ title, answer: { columns, rows } }: { readonly title: string; readonly answer: QueryAnswer }) => (
  <div className="widget-table widget-rows" tabIndex={0} role="region" aria-label={`Rows of ${title}`}>
    <table>
      <thead><tr>{columns.map(column => <th key={column} scope="col">{column}</th>)}</tr></thead>
      <tbody>
        {rows.slice(0, MOST_ROWS).map((row, index) => (
          <tr key={row['@ptr'] ?? index}>
            {columns.map((column, place) => {
              const shown = shownAs(row[column])
              return <td key={column} className="wrap-anywhere">{place === 0 && row['@ptr'] !== undefined ? <Link fontSize="inherit" href={logRecordPage(row['@ptr'])}>{shown}</Link> : shown}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
    {rows.length === 0 && <p className="quiet">Nothing found</p>}
  </div>
)

const shownAs = (value: string | undefined): string => {
  if (value === undefined) return '–'
  const at = secondsOf(value)
  return Number.isNaN(at) ? value : lineTime(at)
}
