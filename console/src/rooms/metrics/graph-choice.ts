import type { Metric } from '../../aws/shapes.ts'

export const STATISTICS: readonly string[] = [
  'Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'TM(1%:99%)', 'IQM',
]
export const PERIODS: readonly number[] = [1, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400]

/** What the graph of the metrics room shows, kept in the page's address so that it can be sent to somebody. */
export interface GraphChoice {
  readonly metrics: readonly Metric[]
  readonly statistic: string
  readonly period: number
}

/** uPlot and eyes both give up on more lines; GetMetricData would take 500. */
export const MOST_LINES = 40

type Written = readonly [namespace: string, name: string, ...dimensions: (readonly [string, string])[]]

export const writeChoice = ({ metrics, statistic, period }: GraphChoice): Readonly<Record<string, string>> => ({
  metrics: metrics.length === 0 ? '' : JSON.stringify(metrics.map(({ Namespace, MetricName, Dimensions = [] }) => [
    Namespace, MetricName, ...Dimensions.map(({ Name, Value }) => [Name, Value]),
  ])),
  statistic,
  period: String(period),
})

export const readChoice = (address: URLSearchParams): GraphChoice => ({
  metrics: readMetrics(address.get('metrics')),
  statistic: STATISTICS.find(each => each === address.get('statistic')) ?? 'Average',
  period: PERIODS.find(each => String(each) === address.get('period')) ?? 60,
})

const readMetrics = (text: string | null): readonly Metric[] => {
  try {
    const written: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(written) ? written.filter(isWritten).slice(0, MOST_LINES).map(metricFrom) : []
  } catch {
    // An address that somebody cut while copying shows an empty graph.
    return []
  }
}

const isWritten = (value: unknown): value is Written =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string' &&
  value.slice(2).every(pair => Array.isArray(pair) && pair.length === 2 && pair.every(part => typeof part === 'string'))

const metricFrom = ([Namespace, MetricName, ...dimensions]: Written): Metric => ({
  Namespace, MetricName, Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
})
