import { InsightsProblem } from '../../../engines/insights/insights-problem.ts'
import { Fault } from '../../../wire/fault.ts'

/** AWS's refusal of a query's text, with the place that is wrong; any other error as it is. */
export const refusedQuery = (error: unknown): unknown => {
  if (!(error instanceof InsightsProblem)) return error
  const { message, told, at, until } = error
  const location = { startCharOffset: at, endCharOffset: until }
  return new Fault('MalformedQueryException', told ?? `${message} ([${at},${until}])`, { members: { queryCompileError: { location, message } }, cause: error })
}
