import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { createTopicCommand } from '../../aws/commands.ts'
import { deliveriesOf } from '../../aws/deliveries.ts'
import type { Delivery } from '../../aws/delivery.ts'
import { Empty } from '../../parts/empty.tsx'
import { OlderButton } from '../../parts/older-button.tsx'
import { TimeAgo, When } from '../../parts/time-ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useNarrow } from '../../parts/use-narrow.ts'
import { elapsed, plural } from '../../words/durations.ts'
import { fullTime } from '../../words/times.ts'
import { answerOf, attemptRows, deliveryRow, type DeliveryRow } from './delivery-rows.ts'

const REFRESH_MILLIS = 10_000
const seconds = (iso: string): number => Date.parse(iso) / 1000

/** Who was told, and how it went: a row a receiver, below it every attempt with what came back. */
export const DeliveriesTable = ({ alarmArn, hasActions }: { readonly alarmArn: string; readonly hasActions: boolean }) => {
  const connection = useConnection()
  const narrow = useNarrow()
  const [expanded, setExpanded] = useState<readonly string[]>([])
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: [connection.region, 'deliveries', alarmArn],
    queryFn: ({ pageParam, signal }) => deliveriesOf(connection, alarmArn, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.cursor,
    refetchInterval: REFRESH_MILLIS,
    enabled: alarmArn !== '',
  })
  if (error !== null && data === undefined) return <Trouble error={error} what="Reading the deliveries" onRetry={() => void refetch()} />
  const rows = data?.pages.flatMap(page => page.deliveries.map(deliveryRow)) ?? []
  return (
    <Table<DeliveryRow>
      variant="container"
      contentDensity="compact"
      wrapLines
      trackBy="id"
      ariaLabels={{ tableLabel: 'Notifications', expandButtonLabel: () => 'Show attempts', collapseButtonLabel: () => 'Hide attempts' }}
      loading={isPending}
      loadingText="Reading the deliveries"
      items={rows}
      expandableRows={{
        getItemChildren: attemptRows,
        isItemExpandable: row => row.kind === 'delivery' && row.delivery.attempts.length > 0,
        expandedItems: rows.filter(row => expanded.includes(row.id)),
        onExpandableItemToggle: ({ detail: { item, expanded: open } }) =>
          setExpanded(before => (open ? [...before, item.id] : before.filter(id => id !== item.id))),
      }}
      header={<Header variant="h2" description="What this alarm sent, with each attempt and the receiver's answer">Notifications</Header>}
      columnDefinitions={COLUMNS}
      columnDisplay={(narrow ? ['to', 'state'] : ['to', 'state', 'time', 'answer']).map(id => ({ id, visible: true }))}
      empty={
        hasActions ? (
          <Empty title="Nothing sent yet">
            When the state changes, what was sent stands here. “Set state for a test” in the menu above tries it out.
          </Empty>
        ) : (
          <Empty title="This alarm tells nobody" command={createTopicCommand()}>
            It has no actions. Create a topic, subscribe to it, and name it in the alarm’s actions:
          </Empty>
        )
      }
      footer={hasNextPage && <OlderButton what="notifications" loading={isFetchingNextPage} onClick={fetchNextPage} />}
    />
  )
}

const COLUMNS: TableProps.ColumnDefinition<DeliveryRow>[] = [
  {
    id: 'to',
    header: 'Receiver',
    isRowHeader: true,
    minWidth: 180,
    cell: row => <Receiver row={row} />,
  },
  {
    id: 'state',
    header: 'State',
    width: 170,
    cell: row => (row.kind === 'attempt' ? <Outcome row={row} /> : <DeliveryState delivery={row.delivery} />),
  },
  {
    id: 'time',
    header: 'Time',
    width: 230,
    cell: row => {
      const at = seconds(row.kind === 'attempt' ? row.attempt.at : row.delivery.createdAt)
      return row.kind === 'attempt' ? fullTime(at) : <When at={at} />
    },
  },
  { id: 'answer', header: 'Answer', minWidth: 200, cell: row => <span className="wrap-anywhere">{answer(row)}</span> },
]

/** On a phone this cell is all there is, so it also says what the hidden columns would. */
const Receiver = ({ row }: { readonly row: DeliveryRow }) => {
  const narrow = useNarrow()
  return (
    <>
      {row.kind === 'attempt' ? `Attempt ${row.number}` : <span className="wrap-anywhere">{row.delivery.destination}</span>}
      {row.kind === 'delivery' && <div className="quiet">{row.delivery.protocol}</div>}
      {narrow && <div className="quiet wrap-anywhere">{answer(row)}</div>}
    </>
  )
}

const answer = (row: DeliveryRow): string => {
  if (row.kind === 'attempt') return `${answerOf(row.attempt)} · ${elapsed(row.attempt.durationMillis)}`
  const last = row.delivery.attempts.at(-1)
  if (last === undefined) return 'Not tried yet'
  const count = row.delivery.attempts.length
  return count === 1 ? answerOf(last) : `${answerOf(last)} (${plural(count, 'attempt')})`
}

const Outcome = ({ row }: { readonly row: DeliveryRow & { readonly kind: 'attempt' } }) => {
  if (row.attempt.outcome === 'delivered') return <StatusIndicator type="success">Accepted</StatusIndicator>
  return row.attempt.retryable === false
    ? <StatusIndicator type="error">Refused</StatusIndicator>
    : <StatusIndicator type="warning">Failed</StatusIndicator>
}

const DeliveryState = ({ delivery: { state, nextAttemptAt, attempts } }: { readonly delivery: Delivery }) => {
  if (state === 'delivered') return <StatusIndicator type="success">Delivered</StatusIndicator>
  if (state === 'dead') return <StatusIndicator type="error">Given up</StatusIndicator>
  return (
    <>
      <StatusIndicator type={attempts.length === 0 ? 'pending' : 'warning'}>
        {attempts.length === 0 ? 'Waiting' : 'Retrying'}
      </StatusIndicator>
      {nextAttemptAt !== undefined && attempts.length > 0 && <div className="quiet">next <TimeAgo at={seconds(nextAttemptAt)} /></div>}
    </>
  )
}
