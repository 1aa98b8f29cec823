import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import type { TableProps } from '@cloudscape-design/components/table'
import { alarmPage } from '../../aws/alarms.ts'
import { SeverityBadge } from '../../parts/severity-badge.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { STATES } from '../../words/states.ts'
import type { AlarmRow } from './alarm-rows.ts'

const show = (ids: readonly string[]): TableProps.ColumnDisplayProperties[] => ids.map(id => ({ id, visible: true }))
export const WIDE_COLUMNS = show(['state', 'severity', 'name', 'metric', 'condition', 'changed'])
export const NARROW_COLUMNS = show(['name', 'changed'])

/** The list's columns; on a phone the name's cell carries what the others would. */
export const alarmColumns = (narrow: boolean): TableProps.ColumnDefinition<AlarmRow>[] => [
  {
    id: 'state',
    header: 'State',
    cell: row => <StateBadge state={row.state} />,
    sortingComparator: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
    width: 160,
  },
  {
    id: 'severity',
    header: 'Severity',
    cell: row => <SeverityBadge severity={row.severity} />,
    sortingComparator: (a, b) => a.severityRank - b.severityRank,
    width: 105,
  },
  {
    id: 'name',
    header: 'Name',
    cell: row => (narrow ? <NarrowName row={row} /> : <Name row={row} />),
    sortingField: 'name',
    isRowHeader: true,
    minWidth: 200,
  },
  {
    id: 'metric',
    header: 'Watches',
    cell: row => <><span className="wrap-anywhere">{row.metric}</span> <Box variant="small" display="block">{row.namespace}</Box></>,
    sortingField: 'metric',
    minWidth: 185,
  },
  { id: 'condition', header: 'Condition', cell: row => <Condition row={row} />, sortingField: 'condition', minWidth: 190 },
  {
    id: 'changed',
    header: narrow ? 'Changed' : 'Last change',
    cell: row => <TimeAgo at={row.changedAt} />,
    sortingField: 'changedAt',
    width: narrow ? 130 : 150,
  },
]

const Condition = ({ row }: { readonly row: AlarmRow }) =>
  row.kind === 'composite' ? <code className="rule-text">{row.condition}</code> : <>{row.condition}</>

const Name = ({ row }: { readonly row: AlarmRow }) => (
  <>
    <Link href={alarmPage(row.name)}><span className="wrap-anywhere">{row.name}</span></Link>
    {!row.actionsEnabled && <Box variant="small" display="block">Actions are off</Box>}
  </>
)

const NarrowName = ({ row }: { readonly row: AlarmRow }) => (
  <>
    <div><StateBadge state={row.state} /> {row.severity !== undefined && <SeverityBadge severity={row.severity} />}</div>
    <Name row={row} />
    <Box variant="small" display="block">{row.metric}: <Condition row={row} /></Box>
  </>
)
