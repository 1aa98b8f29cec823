import { parsePrimary, parseText } from '../grammar/parse-primary.ts'
import { parseExpression, parseName } from '../grammar/parse-expression.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import { call, choose, type Expression } from '../../../sql/expression.ts'
import { withoutWideNumbers } from '../plan/wide-numbers.ts'
import { memberOf } from '../plan/rows.ts'
import { asText, jsonValue } from '../values.ts'
import { command } from './insights-command.ts'

interface JsonTree {
  /** Undefined: `@message`. */
  readonly of: ExpressionNode | undefined
  readonly items: readonly { readonly path: readonly string[]; readonly name: string }[]
  readonly start: number
  readonly end: number
}

export const json = command<JsonTree>({
  name: 'json',
  syntax: 'json [field=expression] "path.to.member" [as name], …',
  text: 'Takes members out of JSON text (`@message` if no field is named).',
  parse: cursor => {
    const { start, end } = cursor.peek()
    const hasField = cursor.acceptWord('field')
    if (hasField) cursor.expectSign('=')
    const of = hasField ? parsePrimary(cursor, parseExpression) : undefined
    const items: { path: readonly string[]; name: string }[] = []
    do {
      const path = parseText(cursor, 'a path in quotes')
      items.push({ path: path.split('.'), name: cursor.acceptWord('as') ? parseName(cursor) : path })
    } while (cursor.acceptSign(','))
    return { of, items, start, end }
  },
  apply: ({ of, items, ...at }, planner) => {
    const value = of === undefined ? planner.message(at) : planner.bind(of)
    const text = value.type === 'json' ? value.sql : planner.rows.level.define(readable(asText(value)))
    for (const { path, name } of items) {
      planner.rows.put(name, memberOf(jsonValue(text), path))
      planner.rows.show({ name, path: [name] })
    }
  },
})

const readable = (text: Expression): Expression => choose([[call('isValidJSON', text), text]], withoutWideNumbers(text))
