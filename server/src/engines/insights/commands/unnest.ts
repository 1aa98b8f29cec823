import { call, choose, column, constant, list } from '../../../sql/expression.ts'
import { parseExpression, parseName } from '../grammar/parse-expression.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import type { Planner } from '../plan/planner.ts'
import { asJson, jsonValue, type Value } from '../values.ts'
import { command } from './insights-command.ts'

interface UnnestTree {
  readonly of: ExpressionNode
  readonly into: string
}

export const unnest = command<UnnestTree>({
  name: 'unnest',
  syntax: 'unnest list into name',
  text: 'Makes a row of every element of a list; the other fields are copied. What is no list is one element.',
  parse: cursor => {
    const of = parseExpression(cursor)
    cursor.expectWord('into')
    return { of, into: parseName(cursor) }
  },
  apply: ({ of, into }, planner) => unnestInto(planner.bind(of), into, planner),
})

/** One row of every element of the list, which is called `into`. */
export const unnestInto = (of: Value, into: string, { rows }: Planner): void => {
  // The elements become a column of a level of their own, so that nothing there is counted or cut off before.
  rows.put(LIST, of)
  rows.wrap()
  const text = call('ifNull', asJson(rows.named(LIST)!), constant(''))
  const elements = choose([[call('startsWith', text, constant('[')), call('JSONExtractArrayRaw', text)]], list([text]))
  const name = rows.names.next('e')
  rows.level.unnest = [{ name, of: elements }]
  rows.put(into, jsonValue(call('nullIf', column(name), constant(''))))
  rows.show({ name: into, path: [into] })
  rows.wrap()
}

/** No name that a query can give. */
const LIST = '\0list'
