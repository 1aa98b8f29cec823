import type { MetricIdentity } from '../../model/metric.ts'
import type { MetricStream, StreamFilter } from '../../model/metric-stream.ts'
import { namedStatistics, type NamedStatistic } from './datum.ts'

/** What of all metrics a stream sends. */
interface StreamSelection {
  matches(metric: MetricIdentity): boolean
  /** The statistics that this metric is sent with besides the four. */
  further(metric: MetricIdentity): readonly NamedStatistic[]
}

export const streamSelection = ({ include, exclude, statistics }: MetricStream): StreamSelection => {
  const included = filterIndex(include)
  const excluded = filterIndex(exclude)
  const names = new Map<string, string[]>()
  for (const { metrics, additional } of statistics) {
    for (const { namespace, metricName } of metrics) {
      const key = keyOf(namespace, metricName)
      names.set(key, [...(names.get(key) ?? []), ...additional])
    }
  }
  const further = new Map([...names].map(([key, list]) => [key, namedStatistics(list)]))
  return {
    matches: metric => (include.length === 0 || included(metric)) && !excluded(metric),
    further: ({ namespace, name }) => further.get(keyOf(namespace, name)) ?? NONE,
  }
}

const NONE: readonly NamedStatistic[] = []

const keyOf = (namespace: string, name: string): string => `${namespace}\u0001${name}`

/** Whether one of the filters speaks of a metric. */
const filterIndex = (filters: readonly StreamFilter[]): ((metric: MetricIdentity) => boolean) => {
  const whole = new Set(filters.filter(({ metricNames }) => metricNames === undefined).map(({ namespace }) => namespace))
  const single = new Set(filters.flatMap(({ namespace, metricNames = [] }) => metricNames.map(name => keyOf(namespace, name))))
  return ({ namespace, name }) => whole.has(namespace) || single.has(keyOf(namespace, name))
}
