import { spanned } from '../grammar/parse-primary.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { castTo, sqlCall } from './sql-functions.ts'
import { type SqlCursor, textWithin, unquoted } from './sql-cursor.ts'
import { callOf, nothing, refusal } from './sql-nodes.ts'

type Parse = (cursor: SqlCursor) => ExpressionNode

/** Words of the language, which cannot name a field without backticks. */
export const RESERVED: ReadonlySet<string> = new Set([
  'all', 'and', 'any', 'as', 'asc', 'between', 'by', 'case', 'cast', 'cross', 'current_date', 'current_timestamp', 'desc', 'distinct', 'else', 'end', 'escape', 'except', 'exists', 'from', 'full',
  'group', 'having', 'ilike', 'in', 'inner', 'intersect', 'interval', 'is', 'join', 'left', 'like', 'limit', 'not', 'null', 'offset', 'on', 'or', 'order', 'outer', 'over', 'regexp', 'right',
  'rlike', 'select', 'then', 'union', 'using', 'when', 'where', 'window', 'with',
])
/** As deep as JSON that anybody logs, and far deeper. */
const PATH_LIMIT = 50

/** A literal, a field, a call, CASE, CAST or an expression in brackets, with `[0]` and `.name` behind it. */
export const parseSqlPrimary = (cursor: SqlCursor, expression: Parse): ExpressionNode => {
  const { start } = cursor.peek()
  let node = plain(cursor, expression)
  for (let depth = 0; cursor.peek().start === cursor.lastEnd; depth++) {
    const keys = member(cursor)
    if (keys.length === 0) break
    if (depth + keys.length > PATH_LIMIT) throw new InsightsProblem('The member is too deeply nested', start, cursor.lastEnd)
    for (const key of keys) node = spanned(cursor, start, { kind: 'member', of: node, key })
  }
  return node
}

const member = (cursor: SqlCursor): readonly (string | number)[] => {
  const suffix = cursor.accept('suffix')
  if (suffix !== undefined) return suffix.text.slice(1).split('.')
  if (!cursor.acceptSign('[')) return []
  const text = cursor.accept('text')
  const index = text === undefined ? Number(cursor.expect('number', 'an index').text) : textWithin(text.text)
  if (typeof index === 'number' && !Number.isSafeInteger(index)) throw cursor.unexpected('a whole number')
  cursor.expectSign(']')
  return [index]
}

const plain = (cursor: SqlCursor, expression: Parse): ExpressionNode => {
  const token = cursor.peek()
  const { start, kind, text } = token
  if (cursor.acceptSign('(')) {
    if (cursor.atWord('select')) throw refusal('Subqueries are not supported', cursor.peek())
    const inner = expression(cursor)
    cursor.expectSign(')')
    return inner
  }
  switch (kind) {
    case 'number':
      cursor.take()
      return spanned(cursor, start, { kind: 'literal', value: Number(text) })
    case 'text':
      cursor.take()
      return spanned(cursor, start, { kind: 'literal', value: textWithin(text) })
    case 'period': {
      cursor.take()
      const digits = /^[0-9]+/.exec(text)![0]
      return spanned(cursor, start, { kind: 'period', count: Number(digits), unit: text.slice(digits.length) })
    }
    case 'name':
      return word(cursor, expression)
    case 'quoted':
      return field(cursor)
    default:
      throw cursor.unexpected('an expression')
  }
}

const word = (cursor: SqlCursor, expression: Parse): ExpressionNode => {
  const token = cursor.peek()
  const { start } = token
  const name = token.text.toLowerCase()
  if (name === 'true' || name === 'false') {
    cursor.take()
    return spanned(cursor, start, { kind: 'literal', value: name === 'true' })
  }
  if (cursor.acceptWord('null')) return nothing(token)
  if (cursor.acceptWord('case')) return choice(cursor, expression, start)
  if (cursor.acceptWord('cast')) return cast(cursor, expression, start)
  if (cursor.peekSecond().text === '(' && !(RESERVED.has(name) && name !== 'left' && name !== 'right')) return call(cursor, expression)
  if (RESERVED.has(name)) throw cursor.unexpected('an expression')
  return field(cursor)
}

/** `` a.b ``, `` `@message` ``, `` lg.`a.b` ``. A dot in backticks is one between the members of a map, as anywhere. */
const field = (cursor: SqlCursor): ExpressionNode => {
  const { start } = cursor.peek()
  const path: string[] = []
  for (let first = true; first || (cursor.peek().text === '.' && cursor.peek().start === cursor.lastEnd); first = false) {
    if (!first) cursor.take()
    const quoted = cursor.accept('quoted')
    path.push(...(quoted === undefined ? cursor.expect('name', 'a field').text : unquoted(quoted.text)).split('.'))
    const suffix = cursor.peek().start === cursor.lastEnd ? cursor.accept('suffix') : undefined
    if (suffix !== undefined) path.push(...suffix.text.slice(1).split('.'))
  }
  if (path.length > PATH_LIMIT) throw new InsightsProblem('The field is too deeply nested', start, cursor.lastEnd)
  if (path.length > 1 && path[0] === cursor.table) path.shift()
  return spanned(cursor, start, { kind: 'field', name: path.join('.'), path })
}

/** `CASE WHEN condition THEN value … ELSE value END`, or `CASE value WHEN …`. */
const choice = (cursor: SqlCursor, expression: Parse, start: number): ExpressionNode => {
  const of = cursor.atWord('when') ? undefined : expression(cursor)
  const args: ExpressionNode[] = []
  while (cursor.acceptWord('when')) {
    const { start: from } = cursor.peek()
    const condition = expression(cursor)
    args.push(of === undefined ? condition : spanned(cursor, from, { kind: 'binary', operator: '=', left: of, right: condition }))
    cursor.expectWord('then')
    args.push(expression(cursor))
  }
  if (args.length === 0) throw cursor.unexpected('WHEN')
  if (cursor.acceptWord('else')) args.push(expression(cursor))
  cursor.expectWord('end')
  return callOf('case', args, { start, end: cursor.lastEnd })
}

const cast = (cursor: SqlCursor, expression: Parse, start: number): ExpressionNode => {
  cursor.expectSign('(')
  const of = expression(cursor)
  cursor.expectWord('as')
  const type = cursor.expect('name', 'a type')
  if (cursor.acceptSign('(')) {
    while (cursor.accept('number') !== undefined) cursor.acceptSign(',')
    cursor.expectSign(')')
  }
  cursor.expectSign(')')
  return castTo(type, of, { start, end: cursor.lastEnd })
}

const call = (cursor: SqlCursor, expression: Parse): ExpressionNode => {
  const name = cursor.take()
  cursor.expectSign('(')
  const distinct = cursor.acceptWord('distinct')
  const star = !distinct && cursor.acceptSign('*')
  const args: ExpressionNode[] = []
  if (!star && cursor.peek().text !== ')') {
    do args.push(expression(cursor))
    while (cursor.acceptSign(','))
  }
  cursor.expectSign(')')
  if (cursor.atWord('over')) throw refusal('Window functions are not supported', cursor.peek())
  if (cursor.atWord('filter') && cursor.peekSecond().text === '(') throw refusal('FILTER is not supported', cursor.peek())
  return sqlCall({ name: name.text, args, star, distinct, start: name.start, end: cursor.lastEnd })
}
