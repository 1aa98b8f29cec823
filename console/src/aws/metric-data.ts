import type { Point } from '../parts/graph/series.ts'
import type { Connection } from './connection.ts'
import type { Metric, MetricDataQuery } from './shapes.ts'

/** GetMetricData's own limit is 500 queries; its pages hold 100,800 points. */
const MOST_PAGES = 20

export interface ReadSeries {
  readonly id: string
  readonly label: string
  readonly points: readonly Point[]
}

/** Runs queries over a stretch of time (epoch seconds), all pages; series in the order of their first appearance. */
export const readMetricData = async (
  connection: Connection,
  queries: readonly MetricDataQuery[],
  { start, end }: { readonly start: number; readonly end: number },
  signal: AbortSignal,
): Promise<readonly ReadSeries[]> => {
  const found: { id: string; label: string; points: Point[] }[] = []
  let token: string | undefined
  let unfinished = false
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch(
      'GetMetricData',
      { MetricDataQueries: [...queries], StartTime: start, EndTime: end, ScanBy: 'TimestampAscending', NextToken: token },
      signal,
    )
    for (const [index, { Id = '', Label = '', Timestamps = [], Values = [], StatusCode }] of (answer.MetricDataResults ?? []).entries()) {
      // Two lines of a query may bear one name (a band's limits do): only a page's first can go on with the line before it.
      if (!(unfinished && index === 0)) found.push({ id: Id, label: Label, points: [] })
      const series = found.at(-1)
      Timestamps.forEach((at, place) => series?.points.push({ at, value: Values[place] ?? Number.NaN }))
      unfinished = StatusCode === 'PartialData'
    }
    token = answer.NextToken
    if (token === undefined) break
  }
  return found
}

const LOOK_BACK = 24 * 3600

/**
 * The unit that a metric's data came in: GetMetricData does not tell it, GetMetricStatistics does. Undefined where
 * there is no recent data, or where the data says `None`.
 */
export const readUnit = async (connection: Connection, metric: Metric, now: number, signal: AbortSignal): Promise<string | null> => {
  const end = Math.ceil(now / 3600) * 3600
  const { Datapoints = [] } = await connection.cloudWatch(
    'GetMetricStatistics',
    {
      Namespace: metric.Namespace, MetricName: metric.MetricName, Dimensions: metric.Dimensions, StartTime: end - LOOK_BACK, EndTime: end,
      Period: 3600, Statistics: ['SampleCount'],
    },
    signal,
  )
  const units = new Set(Datapoints.map(({ Unit }) => Unit))
  const [unit] = units
  return units.size === 1 && unit !== undefined && unit !== 'None' ? unit : null
}
