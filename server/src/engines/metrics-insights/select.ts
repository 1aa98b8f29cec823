import type { MetricIdentity } from '../../model/metric.ts'
import { ACCOUNT_KEY, CURRENT_ACCOUNT, TAG_PREFIX, type InsightsCondition, type InsightsQuery } from './query.ts'

/** The metrics that a query is about, and the group of each. */
export interface Selection {
  readonly metrics: readonly MetricIdentity[]
  /** Index into `groups`, parallel to `metrics`. */
  readonly groupOf: Uint32Array
  /** In the order in which they were met; without GROUP BY one, or none when nothing matches. */
  readonly groups: readonly Group[]
  /** More metrics match than one query looks at. */
  readonly truncated: boolean
}

export interface Group {
  /** The keys' values, a space between; empty without GROUP BY. */
  readonly label: string
  /** By the keys of GROUP BY; empty for `Other`. */
  readonly values: Readonly<Record<string, string>>
}

/** So many metrics are looked at: the first that are found. */
const METRIC_LIMIT = 10_000
/** The group of all metrics that lack a key of GROUP BY. */
const OTHER: Group = { label: 'Other', values: {} }

/** Picks the metrics of a directory's list. `account`: whose metrics they are. */
export const selectMetrics = (query: InsightsQuery, metrics: Iterable<MetricIdentity>, account: string): Selection => {
  const chosen: MetricIdentity[] = []
  const groupOf: number[] = []
  const groups: Group[] = []
  const places = new Map<string, number>()
  for (const metric of metrics) {
    if (!matches(query, metric, account)) continue
    if (chosen.length === METRIC_LIMIT) return { metrics: chosen, groupOf: Uint32Array.from(groupOf), groups, truncated: true }
    const values = query.groupBy.map(key => valueOf(metric, key, account))
    const complete = values.every(value => value !== undefined)
    const id = complete ? values.join(SEPARATOR) : OTHER_ID
    let place = places.get(id)
    if (place === undefined) {
      place = groups.length
      places.set(id, place)
      groups.push(complete ? group(query.groupBy, values) : OTHER)
    }
    chosen.push(metric)
    groupOf.push(place)
  }
  return { metrics: chosen, groupOf: Uint32Array.from(groupOf), groups, truncated: false }
}

/** Names and values hold no control characters. */
const SEPARATOR = '\u0001'
const OTHER_ID = '\u0002'

const group = (keys: readonly string[], values: readonly string[]): Group => ({
  label: values.join(' '),
  values: Object.fromEntries(keys.map((key, index) => [key, values[index]!])),
})

const matches = (query: InsightsQuery, metric: MetricIdentity, account: string): boolean =>
  metric.name === query.metricName &&
  metric.namespace === query.namespace &&
  (query.schema === undefined || hasExactly(metric, query.schema)) &&
  query.conditions.every(condition => holds(condition, metric, account))

const hasExactly = ({ dimensions }: MetricIdentity, names: readonly string[]): boolean =>
  dimensions.length === new Set(names).size && names.every(name => dimensions.some(dimension => dimension.name === name))

/** As in SQL, what a metric lacks is neither equal nor unequal to anything. */
const holds = ({ key, equal, value }: InsightsCondition, metric: MetricIdentity, account: string): boolean => {
  const found = valueOf(metric, key, account)
  return found !== undefined && (found === (value === CURRENT_ACCOUNT ? account : value)) === equal
}

/** Resources and their tags are not known here, so no metric has any. */
const valueOf = ({ dimensions }: MetricIdentity, key: string, account: string): string | undefined => {
  if (key === ACCOUNT_KEY) return account
  if (key.startsWith(TAG_PREFIX)) return undefined
  return dimensions.find(({ name }) => name === key)?.value
}
