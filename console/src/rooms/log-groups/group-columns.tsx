import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import type { TableProps } from '@cloudscape-design/components/table'
import { logGroupPage } from '../../aws/log-addresses.ts'
import type { LogGroup } from '../../aws/log-shapes.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { quantity } from '../../words/quantities.ts'
import { retentionText } from '../../words/retention.ts'

const show = (ids: readonly string[]): TableProps.ColumnDisplayProperties[] => ids.map(id => ({ id, visible: true }))
export const WIDE_COLUMNS = show(['name', 'retention', 'size', 'created'])
export const NARROW_COLUMNS = show(['name', 'size'])

export const groupColumns = (onRetention: (group: LogGroup) => void): TableProps.ColumnDefinition<LogGroup>[] => [
  {
    id: 'name', header: 'Name', isRowHeader: true, minWidth: 180, sortingField: 'logGroupName',
    cell: ({ logGroupName = '' }) => <Link href={logGroupPage(logGroupName)}><span className="wrap-anywhere">{logGroupName}</span></Link>,
  },
  {
    id: 'retention', header: 'Kept for', width: 180,
    sortingComparator: (a, b) => (a.retentionInDays ?? Infinity) - (b.retentionInDays ?? Infinity) || 0,
    cell: group => (
      <Button variant="inline-link" ariaLabel={`${retentionText(group.retentionInDays)}: change for ${group.logGroupName}`} onClick={() => onRetention(group)}>
        {retentionText(group.retentionInDays)}
      </Button>
    ),
  },
  { id: 'size', header: 'Size', width: 120, sortingField: 'storedBytes', cell: ({ storedBytes = 0 }) => <span className="nowrap">{quantity(storedBytes, 'Bytes')}</span> },
  { id: 'created', header: 'Created', width: 160, sortingField: 'creationTime', cell: ({ creationTime = 0 }) => <TimeAgo at={creationTime / 1000} /> },
]
