import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import type { Alarm, MetricDataQuery } from '../../aws/shapes.ts'
import { decidingQuery } from '../../words/alarm-kind.ts'
import { duration } from '../../words/durations.ts'

/** The queries of an alarm on metric math, a band or Metrics Insights, as they are defined. */
export const QueriesTable = ({ alarm }: { readonly alarm: Alarm }) => {
  const deciding = decidingQuery(alarm)?.Id
  return (
    <Table<MetricDataQuery>
      variant="container"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: 'Queries' }}
      items={alarm.Metrics ?? []}
      trackBy="Id"
      header={<Header variant="h2">Queries</Header>}
      columnDefinitions={[
        { id: 'id', header: 'Id', isRowHeader: true, width: 90, cell: ({ Id }) => <code className="rule-text">{Id}</code> },
        { id: 'what', header: 'Metric or expression', minWidth: 220, cell: query => <Source query={query} /> },
        { id: 'period', header: 'Period', width: 110, cell: query => periodWords(query) },
        {
          id: 'role', header: 'Role', width: 150,
          cell: ({ Id }) => (Id === deciding ? <b>Decides</b> : Id === alarm.ThresholdMetricId ? <b>Is the limit</b> : <span className="quiet">Feeds others</span>),
        },
      ]}
    />
  )
}

const Source = ({ query: { MetricStat, Expression, Label } }: { readonly query: MetricDataQuery }) => {
  const { Namespace, MetricName, Dimensions = [] } = MetricStat?.Metric ?? {}
  return (
    <>
      {Expression !== undefined && <code className="rule-text">{Expression}</code>}
      {MetricStat !== undefined && (
        <span className="wrap-anywhere">
          {MetricStat.Stat} of <b>{MetricName}</b> <span className="quiet">{[Namespace, ...Dimensions.map(({ Name, Value }) => `${Name} = ${Value}`)].join(' · ')}</span>
        </span>
      )}
      {Label !== undefined && <div className="quiet">{Label}</div>}
    </>
  )
}

const periodWords = ({ MetricStat, Period }: MetricDataQuery): string => {
  const period = MetricStat?.Period ?? Period
  return period === undefined ? '–' : duration(period)
}
