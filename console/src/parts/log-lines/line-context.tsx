import Button from '@cloudscape-design/components/button'
import Spinner from '@cloudscape-design/components/spinner'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { readLines } from '../../aws/log-events.ts'
import { Trouble } from '../trouble.tsx'
import { type FoundLine, type Line, linesOf } from './line.ts'
import { LogLines } from './log-lines.tsx'

const AROUND = 20
const DAY = 86_400_000
/** Further away from a line nothing explains it. */
const REACH = 7 * DAY

/** What its stream said before and after a line. */
export const LineContext = ({ line }: { readonly line: FoundLine }) => {
  const { group, stream, timestamp } = line
  const before = useSide(line, { start: timestamp - REACH, end: timestamp, newestFirst: true })
  const after = useSide(line, { start: timestamp + 1, end: timestamp + REACH, newestFirst: false })
  const error = before.error ?? after.error
  if (error !== null) return <Trouble error={error} what="Reading the lines around it" />
  if (before.data === undefined || after.data === undefined) return <Spinner />
  const earlier = before.data.pages.flatMap(page => linesOf(group, page.lines)).reverse()
  const lines: readonly Line[] = [...earlier, ...after.data.pages.flatMap(page => linesOf(group, page.lines))]
  const marked = lines.find(({ id }) => id === line.id) ?? lines.findLast(each => each.timestamp === timestamp && each.message === line.message)
  return (
    <>
      {before.hasNextPage && <Button variant="inline-link" loading={before.isFetchingNextPage} onClick={() => void before.fetchNextPage()}>Earlier lines</Button>}
      <LogLines label={`Lines of ${stream}`} lines={lines} marked={marked?.id} />
      {after.hasNextPage && <Button variant="inline-link" loading={after.isFetchingNextPage} onClick={() => void after.fetchNextPage()}>Later lines</Button>}
    </>
  )
}

const useSide = ({ group, stream, timestamp }: FoundLine, side: { readonly start: number; readonly end: number; readonly newestFirst: boolean }) => {
  const connection = useConnection()
  return useInfiniteQuery({
    queryKey: [connection.region, 'log-context', group, stream, timestamp, side.newestFirst],
    queryFn: ({ pageParam, signal }) => readLines(connection, { group, stream, pattern: '', ...side }, pageParam, signal, AROUND),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
    staleTime: Infinity,
  })
}
