import { dataQuery } from '../../../../server/src/engines/dashboards/data-query.ts'
import type { WidgetQuery } from '../../../../server/src/engines/dashboards/metric-widget.ts'
import type { MetricDataQuery } from '../../aws/shapes.ts'

/** What one widget asks for; `start` and `end` in epoch seconds. */
export interface Asked {
  readonly widget: number
  readonly queries: readonly WidgetQuery[]
  readonly start: number
  readonly end: number
  /** Where its queries name none. */
  readonly region: string
}

/** One GetMetricData call: the queries of one widget or of several. */
export interface Batch {
  readonly region: string
  readonly start: number
  readonly end: number
  readonly queries: readonly { readonly widget: number; readonly query: WidgetQuery; readonly sent: MetricDataQuery }[]
}

/** GetMetricData's limit. */
const MOST_QUERIES = 500

/**
 * As few calls as can be. Widgets of stored metrics alone share calls, under ids of our own. One with expressions keeps a
 * call to itself: METRICS() means all metrics of its request, and its expressions name its own ids.
 */
export const batchesOf = (asked: readonly Asked[]): readonly Batch[] => {
  const shared = new Map<string, Asked[]>()
  const batches: Batch[] = []
  for (const one of asked) {
    if (one.queries.length === 0) continue
    if (one.queries.some(({ source }) => source.kind === 'expression')) {
      const queries = one.queries.map(query => ({ widget: one.widget, query, sent: dataQuery(query, query.id) }))
      batches.push({ region: one.queries.find(({ region }) => region !== undefined)?.region ?? one.region, start: one.start, end: one.end, queries })
      continue
    }
    for (const query of one.queries.filter(({ visible }) => visible)) {
      const key = [query.region ?? one.region, one.start, one.end].join(' ')
      shared.set(key, [...(shared.get(key) ?? []), { ...one, queries: [query] }])
    }
  }
  for (const group of shared.values()) {
    for (let from = 0; from < group.length; from += MOST_QUERIES) {
      const part = group.slice(from, from + MOST_QUERIES)
      const [{ start, end, region }] = part as [Asked]
      const queries = part.flatMap(({ widget, queries: [query] }, place) => (query === undefined ? [] : [{ widget, query, sent: dataQuery(query, `q${place}`) }]))
      batches.push({ region: queries[0]?.query.region ?? region, start, end, queries })
    }
  }
  return batches
}
