import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { logGroupPage } from '../../aws/log-addresses.ts'
import { readStreams } from '../../aws/log-groups.ts'
import type { LogStream } from '../../aws/log-shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { OlderButton } from '../../parts/older-button.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useNarrow } from '../../parts/use-narrow.ts'

/** The group's streams, those written to last on top. */
export const StreamsTable = ({ group }: { readonly group: string }) => {
  const connection = useConnection()
  const narrow = useNarrow()
  const [prefix, setPrefix] = useState('')
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [connection.region, 'log-streams', group, prefix],
    queryFn: ({ pageParam, signal }) => readStreams(connection, group, prefix, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
  })
  if (error !== null) return <Trouble error={error} what="Listing the streams" onRetry={() => void refetch()} />
  const time = (millis: number | undefined) => <TimeAgo at={millis === undefined ? undefined : millis / 1000} />
  return (
    <Table<LogStream>
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: 'Streams' }}
      items={data?.pages.flatMap(({ streams }) => streams) ?? []}
      trackBy="logStreamName"
      loading={isPending}
      loadingText="Listing the streams"
      header={<Header variant="h2">Streams</Header>}
      filter={
        <TextFilter
          filteringText={prefix} filteringPlaceholder="Find by the beginning of the name" filteringAriaLabel="Find streams"
          onChange={({ detail }) => setPrefix(detail.filteringText)}
        />
      }
      columnDefinitions={[
        {
          id: 'name', header: 'Name', isRowHeader: true, minWidth: 180,
          cell: ({ logStreamName: stream = '' }) => <Link href={logGroupPage(group, { stream })}><span className="wrap-anywhere">{stream}</span></Link>,
        },
        { id: 'last', header: 'Last event', width: 150, cell: ({ lastEventTimestamp }) => time(lastEventTimestamp) },
        ...(narrow ? [] : [
          { id: 'first', header: 'First event', width: 150, cell: ({ firstEventTimestamp }: LogStream) => time(firstEventTimestamp) },
          { id: 'created', header: 'Created', width: 150, cell: ({ creationTime }: LogStream) => time(creationTime) },
        ]),
      ]}
      empty={<Empty title={prefix === '' ? 'No streams yet' : 'No stream begins so'}>A stream begins with the first events that are put into it.</Empty>}
      footer={hasNextPage && <OlderButton what="streams" loading={isFetchingNextPage} onClick={fetchNextPage} />}
    />
  )
}
