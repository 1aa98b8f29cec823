import type { Connection } from '../../aws/connection.ts'
import { readMetricData, readUnit } from '../../aws/metric-data.ts'
import type { Metric } from '../../aws/shapes.ts'
import type { Series } from '../../parts/graph/series.ts'
import { type Range, readableEnd, shownPeriod, window } from '../../words/ranges.ts'
import type { GraphChoice } from './graph-choice.ts'
import { lineName } from './metric-groups.ts'

/** What the graph shows; epoch seconds. */
export interface GraphWindow {
  readonly start: number
  readonly end: number
  readonly period: number
  readonly series: readonly Series[]
  /** The unit that all metrics share, if they do. */
  readonly unit: string | undefined
}

export const readGraph = async (
  connection: Connection, { metrics, statistic, period: wanted }: GraphChoice, range: Range, now: number, signal: AbortSignal,
): Promise<GraphWindow> => {
  const { start, end } = window(range, now)
  const period = shownPeriod(wanted, start, end, now)
  const queries = metrics.map((metric, index) => ({
    Id: `m${index}`, Label: lineName(metric), MetricStat: { Metric: metric, Period: period, Stat: statistic },
  }))
  const readable = readableEnd(statistic, period, end, now)
  const [found, unit] = await Promise.all([
    readMetricData(connection, queries, { start: Math.floor(start / period) * period, end: readable }, signal),
    statistic === 'SampleCount' ? 'Count' : sharedUnit(connection, metrics, now, signal),
  ])
  const series = queries.map(({ Id, Label }) => ({ label: Label, period, points: found.find(({ id }) => id === Id)?.points ?? [] }))
  return { start, end, period, series, unit }
}

/** More metrics than this rarely share one, and each costs a call. */
const MOST_ASKED = 8

const sharedUnit = async (
  connection: Connection, metrics: readonly Metric[], now: number, signal: AbortSignal,
): Promise<string | undefined> => {
  if (metrics.length > MOST_ASKED) return undefined
  const [unit, ...others] = new Set(await Promise.all(metrics.map(metric => readUnit(connection, metric, now, signal))))
  return others.length === 0 ? (unit ?? undefined) : undefined
}
