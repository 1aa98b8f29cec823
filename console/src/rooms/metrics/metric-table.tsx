import { useCollection } from '@cloudscape-design/collection-hooks'
import Pagination from '@cloudscape-design/components/pagination'
import Table from '@cloudscape-design/components/table'
import type { Metric } from '../../aws/shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { dimensionValues, lineName, metricId } from './metric-groups.ts'

const PAGE_SIZE = 25

interface Props {
  readonly metrics: readonly Metric[]
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (metrics: readonly Metric[], on: boolean) => void
}

/** Metrics to tick; a tick draws the metric. */
export const MetricTable = ({ metrics, chosen, onToggle }: Props) => {
  const { items, collectionProps, paginationProps } = useCollection(metrics, { pagination: { pageSize: PAGE_SIZE }, sorting: {} })
  const selected = metrics.filter(metric => chosen.has(metricId(metric)))
  return (
    <Table<Metric>
      {...collectionProps}
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={items}
      trackBy={metricId}
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => {
        const after = new Set(detail.selectedItems.map(metricId))
        const added = detail.selectedItems.filter(metric => !chosen.has(metricId(metric)))
        if (added.length > 0) onToggle(added, true)
        else onToggle(selected.filter(metric => !after.has(metricId(metric))), false)
      }}
      ariaLabels={{
        tableLabel: 'Metrics',
        selectionGroupLabel: 'Metrics to draw',
        allItemsSelectionLabel: () => 'Draw all on this page',
        itemSelectionLabel: (_selection, metric) => `Draw ${lineName(metric)}`,
      }}
      columnDefinitions={[
        {
          id: 'name', header: 'Metric', isRowHeader: true, sortingField: 'MetricName',
          cell: metric => <span className="wrap-anywhere">{metric.MetricName}</span>,
        },
        {
          id: 'dimensions', header: 'Dimensions', cell: metric => <span className="wrap-anywhere">{dimensionValues(metric) || '–'}</span>,
          sortingComparator: (a, b) => dimensionValues(a).localeCompare(dimensionValues(b)),
        },
        { id: 'namespace', header: 'Namespace', sortingField: 'Namespace', cell: metric => metric.Namespace },
      ]}
      pagination={metrics.length > PAGE_SIZE && <Pagination {...paginationProps} />}
      empty={<Empty title="No metric found">Try fewer words.</Empty>}
    />
  )
}
