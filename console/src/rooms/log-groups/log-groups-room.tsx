import { useCollection } from '@cloudscape-design/collection-hooks'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { createLogGroupCommand } from '../../aws/commands.ts'
import { insightsPage, liveTailPage } from '../../aws/log-addresses.ts'
import { readLogGroups } from '../../aws/log-groups.ts'
import type { LogGroup } from '../../aws/log-shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useAddress } from '../../parts/use-address.ts'
import { useNarrow } from '../../parts/use-narrow.ts'
import { useTitle } from '../../parts/use-title.ts'
import { plural } from '../../words/durations.ts'
import { CreateGroupDialog } from './create-group-dialog.tsx'
import { groupColumns, NARROW_COLUMNS, WIDE_COLUMNS } from './group-columns.tsx'
import { RetentionDialog } from './retention-dialog.tsx'

const PAGE_SIZE = 50
/** StartQuery's limit. */
const MOST_QUERIED = 50

/** All log groups. */
export const LogGroupsRoom = () => {
  const connection = useConnection()
  const narrow = useNarrow()
  const [address, setAddress] = useAddress()
  const [creating, setCreating] = useState(false)
  const [keeping, setKeeping] = useState<LogGroup>()
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: [connection.region, 'log-groups'],
    queryFn: ({ signal }) => readLogGroups(connection, signal),
  })
  useTitle('Log groups')
  const groups = data?.groups ?? []
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(groups, {
    filtering: {
      defaultFilteringText: address.get('text') ?? '',
      filteringFunction: ({ logGroupName = '' }, text) => logGroupName.toLowerCase().includes(text.toLowerCase()),
    },
    pagination: { pageSize: PAGE_SIZE },
    sorting: {},
    selection: { keepSelection: true, trackBy: 'logGroupName' },
  })
  const chosen = (collectionProps.selectedItems ?? []).map(({ logGroupName = '' }) => logGroupName)
  return (
    <SpaceBetween size="m">
      {error !== null && <Trouble error={error} what="Listing the log groups" onRetry={() => void refetch()} />}
      {data?.cut === true && <Alert type="info">Only the first {plural(groups.length, 'log group')} are listed.</Alert>}
      <Table<LogGroup>
        {...collectionProps}
        variant="full-page"
        contentDensity="compact"
        wrapLines
        selectionType="multi"
        items={items}
        trackBy="logGroupName"
        columnDefinitions={groupColumns(setKeeping)}
        columnDisplay={narrow ? NARROW_COLUMNS : WIDE_COLUMNS}
        loading={isPending}
        loadingText="Listing the log groups"
        ariaLabels={{
          tableLabel: 'Log groups', selectionGroupLabel: 'Chosen groups', allItemsSelectionLabel: () => 'Choose all on this page',
          itemSelectionLabel: (_, { logGroupName = '' }) => `Choose ${logGroupName}`,
        }}
        header={
          <Header
            variant="h1"
            counter={data ? `(${groups.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" loading={isFetching && !isPending} onClick={() => void refetch()} />
                <Button href={insightsPage(chosen)} disabled={chosen.length === 0 || chosen.length > MOST_QUERIED}>Query</Button>
                <Button href={liveTailPage(chosen)} disabled={chosen.length === 0 || chosen.length > 10}>Live tail</Button>
                <Button variant="primary" onClick={() => setCreating(true)}>Create log group</Button>
              </SpaceBetween>
            }
          >
            Log groups
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find by name"
            filteringAriaLabel="Find log groups"
            countText={filterProps.filteringText === '' ? '' : `${plural(filteredItemsCount ?? 0, 'log group')} found`}
            onChange={event => {
              filterProps.onChange(event)
              setAddress({ text: event.detail.filteringText })
            }}
          />
        }
        pagination={groups.length > PAGE_SIZE && <Pagination {...paginationProps} />}
        empty={
          groups.length > 0 ? <Empty title="No log group has such a name">Change what you look for to see others.</Empty> : (
            <Empty title={`No log groups in ${connection.region} yet`} command={createLogGroupCommand()}>
              Point any CloudWatch Logs agent or SDK at this server, create one here, or run:
            </Empty>
          )
        }
      />
      {creating && <CreateGroupDialog onClose={() => setCreating(false)} />}
      {keeping !== undefined && <RetentionDialog group={keeping} onClose={() => setKeeping(undefined)} />}
    </SpaceBetween>
  )
}
