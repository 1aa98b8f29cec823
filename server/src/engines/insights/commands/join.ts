import { parseField } from '../grammar/parse-primary.ts'
import { parseName } from '../grammar/parse-expression.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { FieldNode, QueryNode } from '../grammar/query-tree.ts'
import { Rows } from '../plan/rows.ts'
import type { Planner } from '../plan/planner.ts'
import { asText, type Value } from '../values.ts'
import { command } from './insights-command.ts'

interface JoinTree {
  readonly how: 'inner' | 'left'
  readonly left: string
  readonly right: string
  readonly keys: readonly (readonly [FieldNode, FieldNode])[]
  readonly query: QueryNode
}

export const join = command<JoinTree>({
  name: 'join',
  syntax: 'join [type=inner | left] left=a right=b where a.field = b.field [and …] (SOURCE "group" | commands)',
  text: 'Puts the rows of another query beside those with equal values. Fields are called `a.field` and `b.field` from there on; where no `fields` says what to show, times and messages of both are shown under these names.',
  parse: cursor => {
    const options = optionsOf(cursor)
    cursor.expectWord('where')
    const keys = [keyOf(cursor)]
    while (cursor.acceptWord('and')) keys.push(keyOf(cursor))
    cursor.expectSign('(')
    const query = cursor.nested(() => cursor.query(cursor))
    cursor.expectSign(')')
    return { ...options, keys, query }
  },
  apply: ({ how, left, right, keys, query }, planner, node) => {
    if (planner.before.some(({ command: name }) => name === 'join')) planner.refuse('A query has at most one join', node)
    const { names } = planner.query
    const sides = { left: { name: left, rows: planner.rows }, right: { name: right, rows: planner.query.joined(query) } }
    planner.rows = Rows.joined(sides.left, sides.right, how, names, (a, b) => {
      const conditions = keys.map(key => {
        const [first, second] = key.map(field => ({ field, path: field.path.slice(1), side: field.path[0] }))
        const [ofLeft, ofRight] = first!.side === left ? [first!, second!] : [second!, first!]
        if (ofLeft.side !== left || ofRight.side !== right) planner.refuse(`Fields to join by are called '${left}.field' and '${right}.field'`, key[0])
        return [textOf(a, ofLeft.path, ofLeft.field, planner), textOf(b, ofRight.path, ofRight.field, planner)] as const
      })
      return conditions
    })
  },
})

const optionsOf = (cursor: QueryCursor): Pick<JoinTree, 'how' | 'left' | 'right'> => {
  const found = new Map<string, string>()
  while (!cursor.atWord('where')) {
    const option = cursor.peek().text.toLowerCase()
    if (!['type', 'left', 'right'].includes(option) || found.has(option)) throw cursor.unexpected('type=, left=, right= or where')
    cursor.take()
    cursor.expectSign('=')
    if (option === 'type' && !cursor.atWord('inner') && !cursor.atWord('left')) throw cursor.unexpected('inner or left')
    found.set(option, parseName(cursor))
  }
  const [left, right] = [found.get('left'), found.get('right')]
  if (left === undefined || right === undefined || left === right) throw cursor.unexpected('left=a right=b with two names')
  return { how: found.get('type')?.toLowerCase() === 'left' ? 'left' : 'inner', left, right }
}

const keyOf = (cursor: QueryCursor): readonly [FieldNode, FieldNode] => {
  const left = parseField(cursor)
  cursor.expectSign('=')
  return [left, parseField(cursor)]
}

const textOf = (rows: Rows, path: readonly string[], field: FieldNode, planner: Planner) => {
  const value: Value | undefined = path.length === 0 ? undefined : rows.field(path)
  return asText(value ?? planner.refuse(`The field '${field.name}' is not available here`, field))
}
