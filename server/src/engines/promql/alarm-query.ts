import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { parsePromql } from './parse.ts'
import { TYPE_NAMES } from './plan.ts'

/** What is wrong with a query as an alarm's; undefined: nothing. */
export const alarmQueryProblem = (query: string): string | undefined => {
  try {
    const { type } = parsePromql(query)
    return type === 'vector' ? undefined : `an alarm's query must yield an instant vector, not a ${TYPE_NAMES[type]}`
  } catch (error) {
    if (error instanceof SyntaxProblem) return problemText(query, error)
    throw error
  }
}

/** `1:5: parse error: unexpected ")"`: line and column, as Prometheus says it. */
export const problemText = (query: string, { message, at }: SyntaxProblem): string => {
  const before = query.slice(0, at).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}: parse error: ${message}`
}
