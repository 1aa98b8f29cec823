import type { WidgetLine } from '../../../../server/src/engines/dashboards/widget-chart.ts'
import type { Connection } from '../../aws/connection.ts'
import { readMetricData } from '../../aws/metric-data.ts'
import { type Asked, type Batch, batchesOf } from './batches.ts'

export interface WidgetAnswer {
  readonly lines: readonly WidgetLine[]
  readonly error: unknown
}

/** The lines of all widgets, by widget. What one of them asks wrongly costs the others nothing. */
export const readWidgets = async (
  connection: Connection, asked: readonly Asked[], signal: AbortSignal,
): Promise<ReadonlyMap<number, WidgetAnswer>> => {
  const answers = new Map<number, WidgetAnswer>(asked.map(({ widget }) => [widget, { lines: [], error: undefined }]))
  const read = async (batch: Batch): Promise<void> => {
    try {
      const found = await readMetricData(connection.in(batch.region), batch.queries.map(({ sent }) => sent), batch, signal)
      for (const { widget, query, sent } of batch.queries) {
        const lines = found.filter(({ id }) => id === sent.Id).map(({ label, points }) => ({
          id: query.id, query, label, timestamps: points.map(({ at }) => at), values: points.map(({ value }) => value),
        }))
        const before = answers.get(widget)
        answers.set(widget, { lines: [...(before?.lines ?? []), ...lines], error: before?.error })
      }
    } catch (error) {
      if (signal.aborted) throw error
      const widgets = new Set(batch.queries.map(({ widget }) => widget))
      if (widgets.size === 1) for (const widget of widgets) answers.set(widget, { lines: [], error })
      else await Promise.all([...widgets].map(widget => read({ ...batch, queries: batch.queries.filter(each => each.widget === widget) })))
    }
  }
  await Promise.all(batchesOf(asked).map(read))
  return answers
}
