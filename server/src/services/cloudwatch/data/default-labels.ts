import type { Wanted } from './stored-series.ts'

/**
 * The labels of queries that were given none, in their order: the metric's name and only what tells the queries of this
 * request apart. Units never show, so two queries that differ in nothing else get the same label.
 */
export const defaultLabels = (queries: readonly Wanted[]): readonly string[] => labelsOf(queries, 'named')

/**
 * The labels of what SEARCH finds, in its order: as above, and where dimensions tell series apart, without a name that all of
 * them have (https://github.com/grafana/grafana/pull/21541 tells of `i-123` alone, and of `i-123 Sum` beside `i-123 Average`).
 */
export const searchLabels = (found: readonly Wanted[]): readonly string[] => labelsOf(found, 'by dimensions')

const labelsOf = (queries: readonly Wanted[], manner: 'named' | 'by dimensions'): readonly string[] => {
  const differ = (attribute: (query: Wanted) => unknown): boolean => new Set(queries.map(attribute)).size > 1
  const dimensionNames = [...new Set(queries.flatMap(({ metric }) => metric.dimensions.map(({ name }) => name)))]
  const shownDimensions = dimensionNames.filter(name => differ(query => dimension(query, name)))
  const named = manner === 'named' || differ(({ metric }) => metric.name) || differ(({ metric }) => metric.namespace)
  const parts: readonly ((query: Wanted) => string | undefined)[] = [
    ...(differ(({ metric }) => metric.namespace) ? [({ metric }: Wanted) => metric.namespace] : []),
    query => (named || shownDimensions.every(name => dimension(query, name) === undefined) ? query.metric.name : undefined),
    ...shownDimensions.map(name => (query: Wanted) => dimension(query, name)),
    ...(differ(({ statistic }) => statistic.text) ? [({ statistic }: Wanted) => statistic.text] : []),
    ...(differ(({ period }) => period) ? [({ period }: Wanted) => String(period)] : []),
  ]
  return queries.map(query => parts.map(part => part(query)).filter(shown => shown !== undefined).join(' '))
}

const dimension = ({ metric }: Wanted, wanted: string): string | undefined =>
  metric.dimensions.find(({ name }) => name === wanted)?.value
