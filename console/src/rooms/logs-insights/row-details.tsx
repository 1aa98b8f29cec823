import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { insightsPage, logRecordPage } from '../../aws/log-addresses.ts'
import type { LogQuestion, QueryRow } from '../../aws/log-queries.ts'
import { reasonOf } from '../../parts/trouble.tsx'
import { queryFor } from '../../words/log-fields.ts'
import { fullTime } from '../../words/times.ts'
import { visible } from '../../words/visible.ts'

/** Longer values find nothing that a person looks for. */
const LONGEST_LINKED = 256
/** What every event has: no way to others. */
const OWN = new Set(['@message', '@timestamp', '@ingestionTime', '@log'])
const TIMES = new Set(['@timestamp', '@ingestionTime'])

/** All fields of an event, or of a row that is none; a value leads to every line that carries it. */
export const RowDetails = ({ row, question: { groups, start, end } }: { readonly row: QueryRow; readonly question: LogQuestion }) => {
  const connection = useConnection()
  const pointer = row['@ptr']
  const { data, error } = useQuery({
    queryKey: [connection.region, 'log-record', pointer],
    queryFn: async ({ signal }) => (await connection.logs('GetLogRecord', { logRecordPointer: pointer }, signal)).logRecord ?? {},
    enabled: pointer !== undefined,
    staleTime: Infinity,
  })
  const fields = Object.entries({ ...row, ...data }).filter(([name]) => name !== '@ptr').sort(([a], [b]) => (a < b ? -1 : 1))
  const linked = (name: string, value: string): boolean => !OWN.has(name) && value !== '' && value.length <= LONGEST_LINKED
  return (
    <div>
      {error !== null && <p className="quiet">{reasonOf(error)}</p>}
      {pointer !== undefined && <Link href={logRecordPage(pointer)}>What came before and after</Link>}
      <table className="log-fields">
        <tbody>
          {fields.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {linked(name, value) ? <Link fontSize="inherit" href={insightsPage(groups, { query: queryFor(name, value), start: Math.floor(start), end: Math.ceil(end) })}>{visible(value)}</Link> : TIMES.has(name) && /^\d+$/.test(value) ? fullTime(Number(value) / 1000) : visible(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
