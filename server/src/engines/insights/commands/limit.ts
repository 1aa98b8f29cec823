import type { Span } from '../grammar/query-tree.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { Planner } from '../plan/planner.ts'
import { command } from './insights-command.ts'

/** The most rows a query gives: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html */
const ROW_LIMIT = 100_000

interface LimitTree extends Span {
  readonly count: number
}

export const limit = command<LimitTree>({
  name: 'limit',
  syntax: 'limit count',
  text: `Keeps the first rows, at most ${ROW_LIMIT}. \`limit any\` does the same.`,
  parse: cursor => {
    cursor.acceptWord('any')
    return countOf(cursor)
  },
  apply: (tree, planner) => limitRows(tree, planner),
})

/** Keeps the first rows. */
export const limitRows = (tree: LimitTree, planner: Planner): void => {
  if (!Number.isSafeInteger(tree.count) || tree.count < 1 || tree.count > ROW_LIMIT) {
    planner.refuse(`The limit must be a whole number from 1 to ${ROW_LIMIT}`, tree)
  }
  const { level } = planner.rows
  level.limit = Math.min(level.limit ?? ROW_LIMIT, tree.count)
}

const countOf = (cursor: QueryCursor): LimitTree => {
  const { start, end, text } = cursor.expect('number', 'a number')
  return { count: Number(text), start, end }
}
