import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { useConnection } from '../../app/session.tsx'
import { logGroupPage } from '../../aws/log-addresses.ts'
import { LineContext } from '../../parts/log-lines/line-context.tsx'
import { LineDetails } from '../../parts/log-lines/line-details.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'

const PREFIX = '/log-record/'

const pointerIn = (pathname: string): string => {
  const encoded = pathname.slice(PREFIX.length)
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

/** One event, by the `@ptr` that a query gave it, with what came before and after. */
export const LogRecordRoom = () => {
  const connection = useConnection()
  const pointer = pointerIn(useLocation().pathname)
  const { data: record, error, refetch } = useQuery({
    queryKey: [connection.region, 'log-record', pointer],
    queryFn: async ({ signal }) => (await connection.logs('GetLogRecord', { logRecordPointer: pointer }, signal)).logRecord ?? {},
    staleTime: Infinity,
  })
  useTitle('Log event')
  if (error !== null) return <Trouble error={error} what="Reading the event" onRetry={() => void refetch()} />
  if (record === undefined) return <Spinner size="large" />
  const log = record['@log'] ?? ''
  const group = log.slice(log.indexOf(':') + 1)
  const line = { id: pointer, group, stream: record['@logStream'] ?? '', timestamp: Number(record['@timestamp']), message: record['@message'] ?? '' }
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={<Link href={logGroupPage(group)}>{group}</Link>}>Log event</Header>
      <Container><LineDetails line={line} /></Container>
      <Container header={<Header variant="h2">Before and after</Header>}><LineContext line={line} /></Container>
    </SpaceBetween>
  )
}
