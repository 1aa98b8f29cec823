import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Table from '@cloudscape-design/components/table'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { type HistoryKind, readHistory } from '../../aws/history.ts'
import type { AlarmHistoryItem } from '../../aws/shapes.ts'
import { Disclosure } from '../../parts/disclosure.tsx'
import { Empty } from '../../parts/empty.tsx'
import { OlderButton } from '../../parts/older-button.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { When } from '../../parts/time-ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useNarrow } from '../../parts/use-narrow.ts'
import { fullTime } from '../../words/times.ts'
import { changeOf } from './state-bands.ts'

const KINDS: readonly { readonly id: HistoryKind; readonly text: string; readonly one: string }[] = [
  { id: 'StateUpdate', text: 'States', one: 'State change' },
  { id: 'Action', text: 'Actions', one: 'Action' },
  { id: 'ConfigurationUpdate', text: 'Definition', one: 'Definition' },
]
const REFRESH_MILLIS = 15_000

interface Props {
  readonly alarmName: string
  /** Called with epoch seconds, to have that moment explained. */
  readonly onWhy: (at: number) => void
}

/** Everything that happened to the alarm, newest first. */
export const HistoryTable = ({ alarmName, onWhy }: Props) => {
  const connection = useConnection()
  const narrow = useNarrow()
  const [kind, setKind] = useState<HistoryKind>()
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: [connection.region, 'alarm', alarmName, 'history', kind],
    queryFn: ({ pageParam, signal }) => readHistory(connection, alarmName, kind, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_MILLIS,
  })
  if (error !== null && data === undefined) return <Trouble error={error} what="Reading the history" onRetry={() => void refetch()} />
  return (
    <Table<AlarmHistoryItem>
      variant="container"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: 'History' }}
      loading={isPending}
      loadingText="Reading the history"
      items={data?.pages.flatMap(page => page.items) ?? []}
      header={
        <Header
          variant="h2"
          actions={
            <SegmentedControl
              label="Kind of event"
              selectedId={kind ?? 'all'}
              options={[{ id: 'all', text: 'All' }, ...KINDS.map(({ id, text }) => ({ id, text }))]}
              onChange={({ detail }) => setKind(KINDS.find(({ id }) => id === detail.selectedId)?.id)}
            />
          }
        >
          History
        </Header>
      }
      columnDefinitions={[
        { id: 'time', header: 'Time', width: narrow ? 120 : 230, cell: ({ Timestamp: at }) => at !== undefined && <When at={at} /> },
        {
          id: 'kind', header: 'Event', width: 130,
          cell: item => KINDS.find(({ id }) => id === item.HistoryItemType)?.one ?? item.HistoryItemType,
        },
        { id: 'what', header: 'What happened', minWidth: 180, cell: item => <Happening item={item} onWhy={onWhy} /> },
      ]}
      columnDisplay={(narrow ? ['time', 'what'] : ['time', 'kind', 'what']).map(id => ({ id, visible: true }))}
      empty={<Empty title="Nothing has happened yet">Changes of state, actions and definitions are listed here.</Empty>}
      footer={hasNextPage && <OlderButton what="events" loading={isFetchingNextPage} onClick={fetchNextPage} />}
    />
  )
}

const Happening = ({ item, onWhy }: { readonly item: AlarmHistoryItem } & Pick<Props, 'onWhy'>) => {
  const change = changeOf(item)
  return (
    <>
      {change === undefined ? (
        <span className="wrap-anywhere">{item.HistorySummary}</span>
      ) : (
        <>
          <StateBadge state={change.from} /> → <StateBadge state={change.to} />{' '}
          <Button variant="inline-link" ariaLabel={`Why at ${fullTime(change.at)}?`} onClick={() => onWhy(change.at)}>Why?</Button>
          <div className="quiet wrap-anywhere">{change.reason}</div>
        </>
      )}
      {item.HistoryData !== undefined && (
        <Disclosure summary="Data"><pre className="document" tabIndex={0}>{pretty(item.HistoryData)}</pre></Disclosure>
      )}
    </>
  )
}

const pretty = (document: string): string => {
  try {
    return JSON.stringify(JSON.parse(document), null, 2)
  } catch {
    return document
  }
}
