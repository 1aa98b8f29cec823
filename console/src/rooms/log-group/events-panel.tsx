import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import TokenGroup from '@cloudscape-design/components/token-group'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { readLines } from '../../aws/log-events.ts'
import { Empty } from '../../parts/empty.tsx'
import { BrowsedLines } from '../../parts/log-lines/browsed-lines.tsx'
import { linesOf } from '../../parts/log-lines/line.ts'
import { LogRangeChoice } from '../../parts/log-range-choice.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useAddress } from '../../parts/use-address.ts'
import { rangeIn, rangeOut } from '../../words/log-range.ts'
import { window } from '../../words/ranges.ts'
import { FootOfList } from './foot-of-list.tsx'

/** The events of the group or of one of its streams, page after page as one scrolls. */
export const EventsPanel = ({ group }: { readonly group: string }) => {
  const connection = useConnection()
  const [address, setAddress] = useAddress()
  const stream = address.get('stream') ?? undefined
  const pattern = address.get('pattern') ?? ''
  const newestFirst = address.get('order') !== 'oldest'
  const range = rangeIn(address)
  const [typed, setTyped] = useState(pattern)
  useEffect(() => setTyped(pattern), [pattern])
  const { data, error, isPending, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [connection.region, 'log-events', group, stream, pattern, newestFirst, range],
    queryFn: ({ pageParam, signal }) => {
      const { start, end } = pageParam.token === undefined ? window(range, Date.now() / 1000 + 1) : pageParam
      return readLines(connection, { group, stream, pattern, newestFirst, start: start * 1000, end: end * 1000 }, pageParam.token, signal)
        .then(page => ({ ...page, start, end }))
    },
    initialPageParam: { token: undefined as string | undefined, start: 0, end: 0 },
    // All pages are of the range that the first one was of.
    getNextPageParam: ({ next, start, end }) => (next === undefined ? undefined : { token: next, start, end }),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 60_000,
  })
  const lines = data?.pages.flatMap(page => linesOf(group, page.lines)) ?? []
  return (
    <Container
      header={
        <SpaceBetween size="xs">
          <form
            className="log-filters"
            onSubmit={event => {
              event.preventDefault()
              setAddress({ pattern: typed })
            }}
          >
            <div className="log-filter-wide">
              <FormField label="Filter pattern" stretch>
                <Input
                  value={typed} type="search" placeholder={'ERROR, "a text", { $.level = "error" } or [ip, …, status = 5*]'} clearAriaLabel="Clear the pattern"
                  onChange={({ detail }) => {
                    setTyped(detail.value)
                    if (detail.value === '') setAddress({ pattern: '' })
                  }}
                />
              </FormField>
            </div>
            <Button formAction="submit">Find</Button>
            <LogRangeChoice range={range} onChange={next => setAddress(rangeOut(next))} />
            <SegmentedControl
              label="Order" selectedId={newestFirst ? 'newest' : 'oldest'} options={[{ id: 'newest', text: 'Newest first' }, { id: 'oldest', text: 'Oldest first' }]}
              onChange={({ detail }) => setAddress({ order: detail.selectedId === 'oldest' ? 'oldest' : '' })}
            />
            <Button iconName="refresh" ariaLabel="Refresh" formAction="none" loading={isFetching && !isFetchingNextPage} onClick={() => void refetch()} />
          </form>
          {stream !== undefined && (
            <TokenGroup items={[{ label: `Stream ${stream}`, dismissLabel: 'All streams' }]} onDismiss={() => setAddress({ stream: '' })} />
          )}
        </SpaceBetween>
      }
    >
      {error !== null && <Trouble error={error} what="Reading the events" onRetry={() => void refetch()} />}
      {isPending && error === null && <Spinner />}
      <BrowsedLines label="Events" lines={lines} streams={stream === undefined} />
      {data !== undefined && lines.length === 0 && !hasNextPage && (
        <Empty title="No events">{pattern === '' ? 'Nothing was logged in this range.' : 'Nothing in this range matches the pattern.'}</Empty>
      )}
      {data !== undefined && (hasNextPage || lines.length > 0) && (
        <FootOfList key={data.pages.length} more={hasNextPage} busy={isFetchingNextPage} stuck={lines.length === 0} onMore={fetchNextPage} />
      )}
    </Container>
  )
}
