import { useCollection } from '@cloudscape-design/collection-hooks'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useConnection } from '../../app/session.tsx'
import { readAlarms } from '../../aws/alarms.ts'
import { putAlarmCommand } from '../../aws/commands.ts'
import { useManyTags } from '../../aws/tags.ts'
import { Empty } from '../../parts/empty.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useNarrow } from '../../parts/use-narrow.ts'
import { useTitle } from '../../parts/use-title.ts'
import { plural } from '../../words/durations.ts'
import { alarmColumns, NARROW_COLUMNS, WIDE_COLUMNS } from './alarm-columns.tsx'
import { type AlarmRow, byUrgency, countByState, matches, rowOf, stateFilterFrom } from './alarm-rows.ts'
import { StateChoice } from './state-choice.tsx'
import './alarms-room.css'

const REFRESH_MILLIS = 10_000
const PAGE_SIZE = 50
/** Severity is a tag, and tags are one call an alarm: with more alarms than this the later ones show none. */
const MOST_TAGGED = 500

/** All alarms, the loudest first, renewed by itself. */
export const AlarmsRoom = () => {
  const connection = useConnection()
  const narrow = useNarrow()
  const [address, setAddress] = useSearchParams()
  const stateFilter = stateFilterFrom(address.get('state'))
  const text = address.get('text') ?? ''
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: [connection.region, 'alarms'],
    queryFn: ({ signal }) => readAlarms(connection, signal),
    refetchInterval: REFRESH_MILLIS,
  })
  const arns = useMemo(() => (data?.alarms ?? []).slice(0, MOST_TAGGED).flatMap(alarm => alarm.AlarmArn ?? []), [data])
  const tags = useManyTags(connection, arns)
  const rows = useMemo(() => (data?.alarms ?? []).map(alarm => rowOf(alarm, tags.get(alarm.AlarmArn ?? ''))).sort(byUrgency), [data, tags])
  const inState = useMemo(() => rows.filter(row => stateFilter === 'all' || row.state === stateFilter), [rows, stateFilter])

  const counts = countByState(rows)
  useTitle(counts.ALARM > 0 ? `(${counts.ALARM}) Alarms` : 'Alarms')

  const show = (change: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(address)
    for (const [name, value] of Object.entries(change)) {
      if (value === '' || value === 'all') next.delete(name)
      else next.set(name, value)
    }
    setAddress(next, { replace: true })
  }

  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(inState, {
    filtering: { defaultFilteringText: text, filteringFunction: matches },
    pagination: { pageSize: PAGE_SIZE },
    sorting: {},
  })

  return (
    <SpaceBetween size="m">
      {error !== null && <Trouble error={error} what="Reading the alarms" onRetry={() => void refetch()} />}
      {data?.cut === true && <Alert type="info">Only the first {plural(rows.length, 'alarm')} are listed.</Alert>}
      <Table<AlarmRow>
        {...collectionProps}
        variant="full-page"
        items={items}
        trackBy="name"
        columnDefinitions={alarmColumns(narrow)}
        columnDisplay={narrow ? NARROW_COLUMNS : WIDE_COLUMNS}
        loading={isPending}
        loadingText="Reading the alarms"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: 'Alarms' }}
        header={
          <Header
            variant="h1"
            counter={data ? `(${rows.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" loading={isFetching && !isPending} onClick={() => void refetch()} />
                <Button variant="primary" href="#/metrics">Create alarm</Button>
              </SpaceBetween>
            }
          >
            Alarms
          </Header>
        }
        filter={
          <div className="alarm-filters">
            <TextFilter
              {...filterProps}
              filteringPlaceholder="Find by name, metric, kind, dimension or tag"
              filteringAriaLabel="Find alarms"
              countText={filterProps.filteringText === '' ? '' : `${plural(filteredItemsCount ?? 0, 'alarm')} found`}
              onChange={event => {
                filterProps.onChange(event)
                show({ text: event.detail.filteringText })
              }}
            />
            <StateChoice value={stateFilter} counts={counts} onChange={state => show({ state })} />
          </div>
        }
        pagination={inState.length > PAGE_SIZE && <Pagination {...paginationProps} />}
        empty={
          rows.length > 0 ? <Empty title="No alarm in this state">Choose another state to see the others.</Empty> : (
            <Empty title={`No alarms in ${connection.region} yet`} command={putAlarmCommand()}>
              Pick a metric and create one from it, or run:
            </Empty>
          )
        }
      />
    </SpaceBetween>
  )
}
