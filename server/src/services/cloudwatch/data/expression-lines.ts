import { seconds } from '../../../base/time.ts'
import type { MetricReads } from '../../../model/metric.ts'
import { validationError } from '../../../wire/fault.ts'
import type { ExpressionEvaluator, Series } from '../ports.ts'
import { dynamicLabel } from './dynamic-labels.ts'
import { storedLine, withLabels, type Line, type Range } from './lines.ts'
import type { ExpressionQuery, Query, StoredQuery } from './queries.ts'
import { endSecond, roundStart } from './time-range.ts'

/** Stored metrics and the expressions over them, in the order of the queries. Refuses when nothing here can evaluate. */
export const expressionLines = async (
  reads: MetricReads,
  evaluator: ExpressionEvaluator | undefined,
  queries: readonly Query[],
  range: Range,
): Promise<readonly Line[]> => {
  const expressions = queries.filter((query): query is ExpressionQuery => query.kind === 'expression')
  if (evaluator === undefined) {
    throw validationError(`Error in expression '${expressions[0]!.id}': this server does not support expressions.`)
  }
  const labelled = withLabels(queries.filter((query): query is StoredQuery => query.kind === 'stored'))
  const stored = await Promise.all(labelled.map(({ query, fallback }) => storedLine(reads, query, fallback, range)))
  const computed = await evaluator.evaluate({
    tenant: range.call.tenant,
    now: range.now,
    start: roundStart(range.start, seconds(60), range.now),
    end: endSecond(range.end),
    expressions,
    stored: new Map(stored.map(line => [line.id, line])),
  })
  return queries
    .filter(({ returnData }) => returnData)
    .flatMap(query => {
      if (query.kind === 'stored') return stored.filter(({ id }) => id === query.id)
      const yielded = computed.filter(({ id }) => id === query.id)
      return yielded.map(series => ({ ...series, label: labelOf(query, series, range), messages: [], forbidden: false }))
    })
}

const labelOf = (query: ExpressionQuery, series: Series & { readonly label: string }, { now, timezone }: Range): string =>
  query.label === undefined ? series.label : dynamicLabel(query.label, { label: series.label, series, now, timezone, properties: {} })
