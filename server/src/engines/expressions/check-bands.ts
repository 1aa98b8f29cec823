import type { Compiled, CompiledProgram } from './compiled-program.ts'
import { ExpressionError } from './expression-error.ts'
import { pieces } from './grammar/walk.ts'
import type { StoredQuery } from './program.ts'

/** What may be counted in an expression that a band is put around: metrics and expressions together. */
const PARTS_LIMIT = 10
const LONGEST_PERIOD = 3600
const SHORTEST_PERIOD = 60
const REFUSED: ReadonlySet<string> = new Set(['METRICS', 'SEARCH', 'DB_PERF_INSIGHTS', 'ANOMALY_DETECTION_BAND'])

/** CloudWatch's limits of ANOMALY_DETECTION_BAND, most of them on what expressions it takes. Throws `ExpressionError`. */
export const checkBands = (
  { query, syntax, needs }: Compiled,
  program: CompiledProgram,
  expressions: ReadonlyMap<string, Compiled>,
  metrics: ReadonlyMap<string, StoredQuery>,
): void => {
  const refuse = (why: string): never => {
    throw new ExpressionError(query.id, `ANOMALY_DETECTION_BAND ${why}`)
  }
  const bands = [...needs].filter(need => need.kind === 'band')
  if (bands.length === 0 || syntax === undefined) return
  const calls = [...pieces(syntax)].filter(piece => piece.kind === 'call' && piece.name === 'ANOMALY_DETECTION_BAND')
  if (calls.length > 1) refuse('can be used only once in an expression')
  for (const { metric } of bands) {
    const expression = expressions.get(metric)
    if (expression === undefined) continue
    if (expression.term.shape !== 'series') refuse('takes a metric or an expression that is a single time series')
    const reach = program.reach(metric)
    if (reach.metrics.size + reach.expressions.length > PARTS_LIMIT) refuse(`does not take expressions of more than ${PARTS_LIMIT} metrics and expressions`)
    for (const { syntax: used } of reach.expressions) {
      for (const piece of used === undefined ? [] : pieces(used)) {
        if (piece.kind === 'call' && REFUSED.has(piece.name)) refuse(`does not take expressions that use ${piece.name}`)
      }
    }
    const periods = new Set([...reach.metrics].map(id => metrics.get(id)!.period as number))
    if (periods.size > 1) refuse('does not take expressions of several periods')
    if ([...periods].some(period => period > LONGEST_PERIOD)) refuse('does not take expressions of periods over one hour')
    if ([...periods].some(period => period < SHORTEST_PERIOD)) refuse('does not take expressions of high-resolution metrics')
  }
}
