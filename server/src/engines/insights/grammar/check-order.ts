import { InsightsProblem } from '../insights-problem.ts'
import type { QueryCursor } from './query-cursor.ts'
import type { CommandNode } from './query-tree.ts'

/** What AWS says of the order of commands, where any order would have a meaning here. */
export const checkOrder = (commands: readonly CommandNode[], cursor: QueryCursor): void => {
  const deduplicated = commands.findIndex(({ command }) => command === 'dedup')
  const after = deduplicated < 0 ? undefined : commands.slice(deduplicated + 1).find(({ command }) => command !== 'limit')
  if (after !== undefined) throw misplaced(cursor, `Only limit may follow dedup, not '${after.command}'`, after)
  const estimated = commands.findIndex(({ command }) => command === 'estimate')
  const beyond = estimated < 0 ? undefined : commands[estimated + 1]
  if (beyond !== undefined) throw misplaced(cursor, 'estimate must be the last command', beyond)
  const stats = commands.flatMap(({ command }, index) => (command === 'stats' ? [index] : []))
  if (stats.length < 2) return
  const early = commands.slice(0, stats.at(-1)).find(({ command }) => command === 'sort' || command === 'limit')
  if (early !== undefined) throw new InsightsProblem(`Where there are several stats commands, '${early.command}' must follow the last one`, early.start, early.end)
}

const misplaced = (cursor: QueryCursor, message: string, { command, start, end }: CommandNode): InsightsProblem => {
  const { told } = cursor.misplaced(message, { start, end: start + command.length })
  return new InsightsProblem(message, start, end, told)
}
