import type { QueryView } from '../../parts/chart-picture/query-chart.tsx'

/** Of a log widget's properties what is drawn. */
export interface LogWidgetProperties {
  readonly title: string | undefined
  readonly query: string
  readonly view: 'table' | QueryView
  readonly stacked: boolean
  readonly region: string | undefined
}

const VIEWS = ['table', 'timeSeries', 'bar', 'pie'] as const

/** A dashboard's body keeps the properties of widgets that draw no metrics as they came. */
export const logWidgetProperties = ({ title, query, view, stacked, region }: Readonly<Record<string, unknown>>): LogWidgetProperties => ({
  title: typeof title === 'string' && title !== '' ? title : undefined,
  query: typeof query === 'string' ? query : '',
  view: VIEWS.find(each => each === view) ?? 'table',
  stacked: stacked === true,
  region: typeof region === 'string' ? region : undefined,
})
