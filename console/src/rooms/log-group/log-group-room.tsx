import Button from '@cloudscape-design/components/button'
import Spinner from '@cloudscape-design/components/spinner'
import Tabs from '@cloudscape-design/components/tabs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { useConnection } from '../../app/session.tsx'
import { readLogGroup } from '../../aws/log-groups.ts'
import { Empty } from '../../parts/empty.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useAddress } from '../../parts/use-address.ts'
import { useTitle } from '../../parts/use-title.ts'
import { DefinitionsPanel } from './definitions-panel.tsx'
import { EventsPanel } from './events-panel.tsx'
import { GroupHeader } from './group-header.tsx'
import { logGroupNameOf } from './log-group-name.ts'
import { StreamsTable } from './streams-table.tsx'

/** Beside the events themselves. */
const VIEWS = ['streams', 'definitions']

/** One log group: its events, and the streams that they are in. */
export const LogGroupRoom = () => {
  const connection = useConnection()
  const name = logGroupNameOf(useLocation().pathname)
  const [address, setAddress] = useAddress()
  const { data: group, error, isPending, refetch } = useQuery({
    queryKey: [connection.region, 'log-groups', name],
    queryFn: ({ signal }) => readLogGroup(connection, name, signal),
  })
  useTitle(name)
  if (error !== null && group === undefined) return <Trouble error={error} what="Reading the log group" onRetry={() => void refetch()} />
  if (isPending) return <Spinner size="large" />
  if (group === null || group === undefined) {
    return <Empty title={`There is no log group named ${name}`}>It may have been deleted. <Button href="#/log-groups">All log groups</Button></Empty>
  }
  return (
    <SpaceBetween size="m">
      <GroupHeader group={group} />
      <Tabs
        ariaLabel="What to see of the log group"
        activeTabId={VIEWS.find(view => view === address.get('view')) ?? 'events'}
        onChange={({ detail }) => setAddress({ view: detail.activeTabId === 'events' ? '' : detail.activeTabId })}
        tabs={[
          { id: 'events', label: 'Events', content: <EventsPanel key={name} group={name} /> },
          { id: 'streams', label: 'Streams', content: <StreamsTable group={name} /> },
          { id: 'definitions', label: 'Filters and fields', content: <DefinitionsPanel group={name} /> },
        ]}
      />
    </SpaceBetween>
  )
}
