import type { Wanted } from './stored-series.ts'

/**
 * The labels of queries that were given none, in their order: the metric's name and only what tells the queries of this
 * request apart. Units never show, so two queries that differ in nothing else get the same label.
 */
export const defaultLabels = (queries: readonly Wanted[]): readonly string[] => {
  const differ = (attribute: (query: Wanted) => unknown): boolean => new Set(queries.map(attribute)).size > 1
  const dimensionNames = [...new Set(queries.flatMap(({ metric }) => metric.dimensions.map(({ name }) => name)))]
  const shownDimensions = dimensionNames.filter(name => differ(query => dimension(query, name)))
  const parts: readonly ((query: Wanted) => string | undefined)[] = [
    ...(differ(({ metric }) => metric.namespace) ? [({ metric }: Wanted) => metric.namespace] : []),
    ({ metric }) => metric.name,
    ...shownDimensions.map(name => (query: Wanted) => dimension(query, name)),
    ...(differ(({ statistic }) => statistic.text) ? [({ statistic }: Wanted) => statistic.text] : []),
    ...(differ(({ period }) => period) ? [({ period }: Wanted) => String(period)] : []),
  ]
  return queries.map(query => parts.map(part => part(query)).filter(shown => shown !== undefined).join(' '))
}

const dimension = ({ metric }: Wanted, wanted: string): string | undefined =>
  metric.dimensions.find(({ name }) => name === wanted)?.value
