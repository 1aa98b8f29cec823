import type { Metric } from '../../aws/shapes.ts'

/** A namespace, or within it a set of dimension names, with how many metrics are in it. */
export interface Group {
  readonly id: string
  readonly title: string
  readonly count: number
}

const NO_DIMENSIONS = 'No dimensions'

/** A metric's identity as one text, equal for equal metrics whatever the order of their dimensions. */
export const metricId = (metric: Metric): string =>
  JSON.stringify([metric.Namespace, metric.MetricName, ...sorted(metric).map(({ Name, Value }) => [Name, Value])])

const sorted = (metric: Metric) => [...(metric.Dimensions ?? [])].sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1))

/** `host, path`: which dimensions a metric has, without their values. */
const dimensionSet = (metric: Metric): string => sorted(metric).map(({ Name }) => Name).join(', ') || NO_DIMENSIONS

/** `host=web-1, path=/`, or empty. */
export const dimensionValues = (metric: Metric): string => sorted(metric).map(({ Name, Value }) => `${Name}=${Value}`).join(', ')

/** `disk_used_percent web-1 /`: how a line of a graph is called. */
export const lineName = (metric: Metric): string =>
  [metric.MetricName ?? '', ...sorted(metric).map(({ Value }) => Value ?? '')].join(' ')

const groups = (metrics: readonly Metric[], key: (metric: Metric) => string): readonly Group[] => {
  const counts = new Map<string, number>()
  for (const metric of metrics) counts.set(key(metric), (counts.get(key(metric)) ?? 0) + 1)
  return [...counts].map(([id, count]) => ({ id, title: id, count })).sort((a, b) => a.title.localeCompare(b.title))
}

export const namespaces = (metrics: readonly Metric[]): readonly Group[] => groups(metrics, metric => metric.Namespace ?? '')

export const dimensionSets = (metrics: readonly Metric[], namespace: string): readonly Group[] =>
  groups(metrics.filter(metric => metric.Namespace === namespace), dimensionSet)

export interface MetricPlace {
  readonly namespace: string | undefined
  readonly dimensions: string | undefined
}

/** The metrics of a place in the tree, by name; a text finds them anywhere below that place. */
export const metricsAt = (metrics: readonly Metric[], place: MetricPlace, text: string): readonly Metric[] => {
  const words = text.toLowerCase().split(/\s+/).filter(word => word !== '')
  return metrics
    .filter(metric => place.namespace === undefined || metric.Namespace === place.namespace)
    .filter(metric => place.dimensions === undefined || dimensionSet(metric) === place.dimensions)
    .filter(metric => {
      const all = `${metric.Namespace} ${metric.MetricName} ${dimensionValues(metric)}`.toLowerCase()
      return words.every(word => all.includes(word))
    })
    .sort((a, b) => lineName(a).localeCompare(lineName(b)))
}
