import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { isInsights, parseInsights } from '../metrics-insights/parse.ts'
import { bind } from './bind.ts'
import { checkBands } from './check-bands.ts'
import { CompiledProgram, resultOf, type Compiled } from './compiled-program.ts'
import { inOrder, type Parsed } from './dependencies.ts'
import { ExpressionError } from './expression-error.ts'
import { parse } from './grammar/parse.ts'
import type { ExpressionQuery, Need, Program, StoredQuery } from './program.ts'
import { QueryScope } from './query-scope.ts'
import { emptyLine, list, series, type Term } from './term.ts'

/** In characters; CloudWatch's limit. */
const EXPRESSION_LIMIT = 2048

/** Reads and checks all expressions of one request or alarm. Ids are unique over both. Throws `ExpressionError`. */
export const compile = (stored: readonly StoredQuery[], expressions: readonly ExpressionQuery[]): Program => {
  const metrics = new Map(stored.map(query => [query.id, query]))
  const terms = new Map<string, Term>(stored.map(({ id }) => [id, series(run => run.metric(id))]))
  const needs = new Map<string, Need>()
  const compiled = new Map<string, Compiled>()
  for (const { query, syntax } of inOrder(expressions.map(read))) {
    const scope = new QueryScope({ stored: metrics, terms, needs }, query.period)
    const term = complaining(query.id, () => (syntax === undefined ? insights(query, scope) : bind(syntax, query.expression, scope)))
    terms.set(query.id, resultOf(compiled.size, term))
    compiled.set(query.id, { query, syntax, term, index: compiled.size, referred: scope.referred, needs: scope.needs })
  }
  const program = new CompiledProgram(metrics, compiled)
  for (const one of compiled.values()) checkBands(one, program, compiled, metrics)
  return program
}

const read = (query: ExpressionQuery): Parsed => {
  const { id, expression } = query
  if (expression.length > EXPRESSION_LIMIT) throw new ExpressionError(id, `Expressions have at most ${EXPRESSION_LIMIT} characters`)
  if (isInsights(expression)) return { query, syntax: undefined }
  return { query, syntax: complaining(id, () => parse(expression), invalidSyntax) }
}

/** A query of Metrics Insights is a whole expression. Its groups make it a list. */
const insights = ({ id, expression, period }: ExpressionQuery, scope: QueryScope): Term => {
  const { groupBy } = complaining(id, () => parseInsights(expression), invalidSyntax)
  const need = scope.need({ kind: 'insights', sql: expression, period })
  return groupBy.length > 0 ? list(run => run.need(need)) : series(run => run.need(need)[0] ?? emptyLine(id, run))
}

const invalidSyntax = ({ message, at }: SyntaxProblem): string => `Invalid syntax at position ${at + 1}: ${message}`

const complaining = <Result>(id: string, work: () => Result, say: (problem: SyntaxProblem) => string = ({ message }) => message): Result => {
  try {
    return work()
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new ExpressionError(id, say(error), error.at)
    throw error
  }
}
