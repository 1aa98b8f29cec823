import { aggregateNamed } from '../functions/registry.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import { sortKeys } from '../plan/sort-keys.ts'
import { command } from './insights-command.ts'

interface SortItem {
  readonly of: ExpressionNode
  readonly descending: boolean
}

export const sort = command<readonly SortItem[]>({
  name: 'sort',
  syntax: 'sort [by] expression [asc | desc], …',
  text: 'Orders the rows. Texts come before numbers, runs of digits in texts by length and then by value; missing values come last.',
  parse: cursor => {
    const items: SortItem[] = []
    // Samples of AWS have it, its page of the command has not.
    cursor.acceptWord('by')
    do {
      const of = sortable(parseExpression(cursor), cursor)
      const descending = cursor.acceptWord('desc')
      if (!descending) cursor.acceptWord('asc')
      items.push({ of, descending })
    } while (cursor.acceptSign(','))
    return items
  },
  apply: (items, planner) => {
    const { rows } = planner
    rows.open()
    // `sort count desc` after `stats count()` names no column: as in AWS it is accepted, and orders nothing.
    const keys = items.flatMap(({ of, descending }) => sortKeys(planner.bind(of), descending))
    rows.sort(keys.map(key => ({ ...key, by: rows.level.define(key.by) })))
  },
})

/** What stats made is sorted by its name: `sort count(*)` and `sort bin(5m)` are for AWS's parser a field and a bracket too many. */
const sortable = (of: ExpressionNode, cursor: QueryCursor): ExpressionNode => {
  if (of.kind !== 'call' || (aggregateNamed(of.name) === undefined && of.name.toLowerCase() !== 'bin')) return of
  const bracket = cursor.text.indexOf('(', of.start)
  throw cursor.misplaced(`sort takes the names of columns: give ${of.name}(…) one in stats, with as`, { start: bracket, end: bracket + 1 })
}
