import type { QueryNode } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'

/** What AWS says of the order of commands, where any order would have a meaning here. */
export const checkOrder = ({ commands }: QueryNode): void => {
  const deduplicated = commands.findIndex(({ command }) => command === 'dedup')
  const after = deduplicated < 0 ? undefined : commands.slice(deduplicated + 1).find(({ command }) => command !== 'limit')
  if (after !== undefined) throw new InsightsProblem(`Only limit may follow dedup, not '${after.command}'`, after.start, after.end)
  const beforeEnd = commands.slice(0, -1).find(({ command }) => command === 'estimate')
  if (beforeEnd !== undefined) throw new InsightsProblem('estimate must be the last command', beforeEnd.start, beforeEnd.end)
  const stats = commands.flatMap(({ command }, index) => (command === 'stats' ? [index] : []))
  if (stats.length < 2) return
  const early = commands.slice(0, stats.at(-1)).find(({ command }) => command === 'sort' || command === 'limit')
  if (early !== undefined) throw new InsightsProblem(`Where there are several stats commands, '${early.command}' must follow the last one`, early.start, early.end)
}
