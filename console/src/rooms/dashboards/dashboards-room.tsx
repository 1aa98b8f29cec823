import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { putDashboardCommand } from '../../aws/commands.ts'
import { dashboardPage, readDashboards } from '../../aws/dashboards.ts'
import type { DashboardEntry } from '../../aws/shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { quantity } from '../../words/quantities.ts'
import { CreateDashboardDialog } from './create-dashboard-dialog.tsx'

/** All dashboards of the account. */
export const DashboardsRoom = () => {
  const connection = useConnection()
  const [creating, setCreating] = useState(false)
  const { data = [], error, isPending, isFetching, refetch } = useQuery({
    queryKey: [connection.region, 'dashboards'],
    queryFn: ({ signal }) => readDashboards(connection, signal),
  })
  useTitle('Dashboards')
  return (
    <SpaceBetween size="m">
      {error !== null && <Trouble error={error} what="Listing the dashboards" onRetry={() => void refetch()} />}
      <Table<DashboardEntry>
        variant="full-page"
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: 'Dashboards' }}
        loading={isPending}
        loadingText="Listing the dashboards"
        items={data}
        trackBy="DashboardName"
        header={
          <Header
            variant="h1"
            counter={isPending ? '' : `(${data.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" loading={isFetching && !isPending} onClick={() => void refetch()} />
                <Button variant="primary" onClick={() => setCreating(true)}>Create dashboard</Button>
              </SpaceBetween>
            }
          >
            Dashboards
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name', header: 'Name', isRowHeader: true, minWidth: 180,
            cell: ({ DashboardName = '' }) => <Link href={dashboardPage(DashboardName)}><span className="wrap-anywhere">{DashboardName}</span></Link>,
          },
          { id: 'changed', header: 'Last change', width: 170, cell: ({ LastModified }) => <TimeAgo at={LastModified} /> },
          { id: 'size', header: 'Size', width: 110, cell: ({ Size = 0 }) => quantity(Size, 'Bytes') },
        ]}
        empty={<Empty title="No dashboards yet" command={putDashboardCommand()}>Create one here, or bring one from AWS as it is:</Empty>}
      />
      {creating && <CreateDashboardDialog taken={data.map(({ DashboardName = '' }) => DashboardName)} onClose={() => setCreating(false)} />}
    </SpaceBetween>
  )
}
