import { InsightsProblem } from '../insights-problem.ts'
import type { CallNode, ExpressionNode, FieldNode } from './query-tree.ts'
import type { QueryCursor } from './query-cursor.ts'

type Parse = (cursor: QueryCursor) => ExpressionNode

/** Without the keys `start` and `end`, which it adds. */
type Bare<Node> = Node extends unknown ? Omit<Node, 'start' | 'end'> : never

export const spanned = (cursor: QueryCursor, start: number, node: Bare<ExpressionNode>): ExpressionNode => ({ ...node, start, end: cursor.lastEnd }) as ExpressionNode

/** A literal, a field, a call or an expression in brackets, with `.name` and `[0]` behind it. */
export const parsePrimary = (cursor: QueryCursor, expression: Parse): ExpressionNode => {
  const { start } = cursor.peek()
  let node = plain(cursor, expression)
  for (let depth = 1; ; depth++) {
    const key = member(cursor)
    if (key.length === 0) return node
    if (depth > PATH_LIMIT || key.length > PATH_LIMIT) throw new InsightsProblem('The member is too deeply nested', start, cursor.lastEnd)
    for (const one of key) node = spanned(cursor, start, { kind: 'member', of: node, key: one })
  }
}

const plain = (cursor: QueryCursor, expression: Parse): ExpressionNode => {
  const { start, kind, text } = cursor.peek()
  const pattern = cursor.acceptRegex()
  if (pattern !== undefined) return spanned(cursor, start, { kind: 'regex', pattern })
  if (cursor.acceptSign('(')) {
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
      return spanned(cursor, start, { kind: 'literal', value: textOf(text) })
    case 'period': {
      cursor.take()
      const digits = /^[0-9]+/.exec(text)![0]
      return spanned(cursor, start, { kind: 'period', count: Number(digits), unit: text.slice(digits.length) })
    }
    case 'name':
      if (/^(?:true|false)$/i.test(text)) {
        cursor.take()
        return spanned(cursor, start, { kind: 'literal', value: text.toLowerCase() === 'true' })
      }
      return cursor.peekSecond().text === '(' ? call(cursor, expression) : parseField(cursor)
    case 'quoted':
      return parseField(cursor)
    default:
      throw cursor.unexpected('an expression')
  }
}

/** `` a.b ``, `` `a-b`.c ``, `` m.`a.b` ``. */
export const parseField = (cursor: QueryCursor): FieldNode => {
  const { start } = cursor.peek()
  const quoted = cursor.accept('quoted')
  const path = quoted === undefined ? cursor.expect('name', 'a field').text.split('.') : [withoutTicks(quoted.text)]
  for (let suffix = dotted(cursor); suffix.length > 0; suffix = dotted(cursor)) path.push(...suffix)
  if (path.length > PATH_LIMIT) throw new InsightsProblem('The field is too deeply nested', start, cursor.lastEnd)
  return { kind: 'field', name: path.join('.'), path, start, end: cursor.lastEnd }
}

/** What backticks are around, the `@` in front of them with it. */
export const withoutTicks = (quoted: string): string => quoted.replaceAll('`', '')

/** As deep as JSON that anybody logs, and far deeper. */
const PATH_LIMIT = 50

/** What follows a dot right behind the token before it. */
const dotted = (cursor: QueryCursor): readonly string[] => {
  if (cursor.peek().start !== cursor.lastEnd) return []
  const suffix = cursor.accept('suffix')
  if (suffix !== undefined) return suffix.text.slice(1).split('.')
  if (cursor.peek().text !== '.' || cursor.peekSecond().kind !== 'quoted') return []
  cursor.take()
  return [withoutTicks(cursor.take().text)]
}

const member = (cursor: QueryCursor): readonly (string | number)[] => {
  const keys = dotted(cursor)
  if (keys.length > 0 || cursor.peek().start !== cursor.lastEnd || !cursor.acceptSign('[')) return keys
  const index = cursor.peek()
  const key = index.kind === 'text' ? textOf(cursor.take().text) : Number(cursor.expect('number', 'an index').text)
  if (typeof key === 'number' && !Number.isSafeInteger(key)) throw cursor.unexpected('a whole number')
  cursor.expectSign(']')
  return [key]
}

const call = (cursor: QueryCursor, expression: Parse): CallNode => {
  const name = cursor.take()
  cursor.expectSign('(')
  const star = cursor.acceptSign('*')
  const args: ExpressionNode[] = []
  if (!star && cursor.peek().text !== ')') {
    args.push(expression(cursor))
    while (cursor.acceptSign(',')) args.push(expression(cursor))
  }
  cursor.expectSign(')')
  return { kind: 'call', name: name.text, arguments: args, star, start: name.start, end: cursor.lastEnd }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Without its quotes. A backslash makes quotes and backslashes plain; before anything else but n, t and r it is itself. */
const textOf = (quoted: string): string =>
  quoted.slice(1, -1).replaceAll(/\\(["'\\ntr])/g, (_, character: string) => ESCAPES[character] ?? character)

export const parseText = (cursor: QueryCursor, wanted: string): string => textOf(cursor.expect('text', wanted).text)
