import { commandNamed } from './commands/registry.ts'
import { checkOrder } from './grammar/check-order.ts'
import { parseSources } from './grammar/parse-source.ts'
import { QueryCursor } from './grammar/query-cursor.ts'
import type { CommandNode, QueryNode } from './grammar/query-tree.ts'
import { InsightsProblem } from './insights-problem.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const LENGTH_LIMIT = 10_000

/** Reads a query. Throws {@link InsightsProblem}. */
export const parseQuery = (text: string): QueryNode => {
  if (text.length > LENGTH_LIMIT) throw new InsightsProblem(`A query has at most ${LENGTH_LIMIT} characters`, LENGTH_LIMIT, text.length)
  const cursor = new QueryCursor(text, query)
  const tree = query(cursor)
  if (cursor.peek().kind !== 'end') throw cursor.unexpected('\'|\'')
  return tree
}

const query = (cursor: QueryCursor): QueryNode => {
  const { start } = cursor.peek()
  const source = parseSources(cursor)
  const commands: CommandNode[] = []
  if (source !== undefined ? cursor.acceptSign('|') : cursor.acceptSign('|') || cursor.peek().kind !== 'end') {
    do commands.push(commandOf(cursor))
    while (cursor.acceptSign('|'))
  }
  checkOrder(commands, cursor)
  return { source, commands, start, end: cursor.lastEnd }
}

const commandOf = (cursor: QueryCursor): CommandNode => {
  const name = cursor.expect('name', 'a command')
  const command = commandNamed(name.text)
  if (command === undefined) {
    throw cursor.misplaced(`Unknown command '${name.text}'`, name)
  }
  const tree = command.parse(cursor)
  return { command: command.name, tree, start: name.start, end: cursor.lastEnd }
}
