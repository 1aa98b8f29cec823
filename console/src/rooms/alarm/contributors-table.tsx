import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { readContributors } from '../../aws/alarms.ts'
import type { AlarmContributor } from '../../aws/shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { attributesInWords } from '../../words/attributes.ts'

const REFRESH_MILLIS = 10_000

/** The series of the alarm's query that are in alarm: each has a state of its own. */
export const ContributorsTable = ({ alarmName }: { readonly alarmName: string }) => {
  const connection = useConnection()
  const { data = [], error, isPending, refetch } = useQuery({
    queryKey: [connection.region, 'alarm', alarmName, 'contributors'],
    queryFn: ({ signal }) => readContributors(connection, alarmName, signal),
    refetchInterval: REFRESH_MILLIS,
  })
  if (error !== null) return <Trouble error={error} what="Reading the contributors" onRetry={() => void refetch()} />
  return (
    <Table<AlarmContributor>
      variant="container"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: 'Contributors' }}
      loading={isPending}
      loadingText="Reading the contributors"
      items={data}
      trackBy="ContributorId"
      header={
        <Header variant="h2" counter={`(${data.length})`} description="Each series of the query has a state of its own; those in alarm are listed.">
          Contributors
        </Header>
      }
      columnDefinitions={[
        { id: 'state', header: 'State', width: 130, cell: () => <StateBadge state="ALARM" /> },
        {
          id: 'series', header: 'Series', isRowHeader: true, minWidth: 160,
          cell: ({ ContributorAttributes = {} }) => <b className="wrap-anywhere">{attributesInWords(ContributorAttributes)}</b>,
        },
        { id: 'reason', header: 'Reason', minWidth: 220, cell: ({ StateReason }) => <span className="quiet">{StateReason}</span> },
        { id: 'since', header: 'Since', width: 140, cell: ({ StateTransitionedTimestamp }) => <TimeAgo at={StateTransitionedTimestamp} /> },
      ]}
      empty={<Empty title="No series is in alarm">Those that go into alarm are listed here, with the reason.</Empty>}
    />
  )
}
