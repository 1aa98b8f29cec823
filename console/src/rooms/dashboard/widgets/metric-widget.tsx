import type { MetricWidget as Prepared } from '../../../../../server/src/engines/dashboards/metric-widget.ts'
import { widgetSeries } from '../../../../../server/src/engines/dashboards/widget-chart.ts'
import { reasonOf } from '../../../parts/trouble.tsx'
import type { WidgetAnswer } from '../read-widgets.ts'
import { Picture } from './picture.tsx'
import { ValueTable } from './value-table.tsx'
import { WidgetFrame } from './widget-frame.tsx'

interface Props {
  readonly widget: Prepared
  /** Undefined while it is on its way. */
  readonly answer: WidgetAnswer | undefined
  readonly start: number
  readonly end: number
  readonly timezone: number
  readonly onZoom: (start: number, end: number) => void
}

export const MetricWidget = ({ widget: { queries, presentation }, answer, start, end, timezone, onZoom }: Props) => {
  const title = presentation.title ?? usualTitle(queries)
  return (
    <WidgetFrame title={title} label="Metrics">
      {answer === undefined ? <p className="quiet">Reading…</p> : answer.error !== undefined ? (
        <p className="widget-error">{reasonOf(answer.error)}</p>
      ) : presentation.view === 'table' ? (
        <ValueTable title={title} table={presentation.table} series={widgetSeries(presentation, answer.lines, Date.now() / 1000)} />
      ) : (
        <Picture title={title} presentation={presentation} lines={answer.lines} start={start} end={end} timezone={timezone} onZoom={onZoom} />
      )}
    </WidgetFrame>
  )
}

/** As CloudWatch names a widget without a title: after its metrics. */
const usualTitle = (queries: Prepared['queries']): string =>
  [...new Set(queries.flatMap(({ source, label }) => (source.kind === 'metric' ? source.metric.name : (label ?? source.expression))))].slice(0, 3).join(', ')
