import { dataQuery } from '../../../engines/dashboards/data-query.ts'
import type { WidgetQuery } from '../../../engines/dashboards/metric-widget.ts'
import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import type { WidgetLine } from '../../../engines/dashboards/widget-chart.ts'
import type { Call, Operation } from '../../operation.ts'
import { dataLines } from './data-lines.ts'

/** The lines of a widget's queries, in its order. */
export const widgetLines = async (
  data: Operation, queries: readonly WidgetQuery[], range: TimeRange, timezone: string, call: Call,
): Promise<readonly WidgetLine[]> => {
  const byId = new Map(queries.map(query => [query.id, query]))
  const lines = await dataLines(data, queries.map(query => dataQuery(query, query.id)), range, timezone, call)
  return lines.flatMap(line => {
    const query = byId.get(line.id)
    return query === undefined ? [] : [{ ...line, query }]
  })
}
