import { millis, toMillis } from '../../base/time.ts'
import { parsePromql } from '../../engines/promql/parse.ts'
import { problemText } from '../../engines/promql/alarm-query.ts'
import { PromqlError } from '../../engines/promql/promql-error.ts'
import { SyntaxProblem } from '../../engines/languages/syntax-problem.ts'
import type { PromqlEvaluator } from '../../jobs/alarm-rounds/ports.ts'
import type { PromqlQueries, QueryLimits } from './promql-queries.ts'

/** Less than for people's queries: alarms come again and again, and many at once. */
const LIMITS: QueryLimits = { samples: { total: 2_000_000, instant: 2_000_000 }, time: millis(10_000) }

/** Evaluates the queries of alarms. What a query itself does wrong is its `error`; a store that does not answer rejects. */
export const alarmPromql = (queries: PromqlQueries): PromqlEvaluator => ({
  async instant(tenant, query, at) {
    try {
      const value = await queries.instant(tenant, parsePromql(query), toMillis(at), LIMITS)
      if (value.type !== 'vector') return { error: `the query yields a ${value.type}` }
      return { series: value.vector.map(({ labels }) => labels.toRecord()), partial: false }
    } catch (error) {
      if (error instanceof SyntaxProblem) return { error: problemText(query, error) }
      if (error instanceof PromqlError) return { error: error.message }
      throw error
    }
  },
})
