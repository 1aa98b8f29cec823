import { InsightsProblem } from '../insights-problem.ts'
import type { BinaryOperator, ExpressionNode, NamedNode, Span } from './query-tree.ts'
import type { QueryCursor } from './query-cursor.ts'
import { parsePrimary, spanned, withoutTicks } from './parse-primary.ts'

/** or < and < not < comparison < sum < product < power < sign. */
export const parseExpression = (cursor: QueryCursor): ExpressionNode => cursor.nested(() => disjunction(cursor))

export const parseList = (cursor: QueryCursor): readonly ExpressionNode[] => {
  const items = [parseExpression(cursor)]
  while (cursor.acceptSign(',')) items.push(parseExpression(cursor))
  return items
}

/** `expression [as name]`. */
const parseNamed = (cursor: QueryCursor): NamedNode => {
  const of = parseExpression(cursor)
  if (cursor.acceptWord('as')) return { of, name: parseName(cursor), named: true, end: cursor.lastEnd }
  return { of, name: of.kind === 'field' ? of.name : cursor.text.slice(of.start, of.end).replaceAll(/\s+/g, ' '), named: false, end: of.end }
}

export const parseNamedList = (cursor: QueryCursor): readonly NamedNode[] => {
  const items = [parseNamed(cursor)]
  while (cursor.acceptSign(',')) items.push(parseNamed(cursor))
  return items
}

/** What a result is to be called. */
export const parseName = (cursor: QueryCursor): string => {
  const quoted = cursor.accept('quoted') ?? cursor.accept('text')
  const name = quoted === undefined ? cursor.expect('name', 'a name').text : quoted.kind === 'quoted' ? withoutTicks(quoted.text) : quoted.text.slice(1, -1)
  if (quoted !== undefined && (name === '' || name.includes('\0'))) throw new InsightsProblem('This cannot be a name', quoted.start, quoted.end)
  return name
}

const disjunction = (cursor: QueryCursor): ExpressionNode => chain(cursor, conjunction, () => (cursor.acceptWord('or') ? 'or' : undefined))
const conjunction = (cursor: QueryCursor): ExpressionNode => chain(cursor, negation, () => (cursor.acceptWord('and') ? 'and' : undefined))

const negation = (cursor: QueryCursor): ExpressionNode => {
  const { start } = cursor.peek()
  if (!cursor.atWord('not')) return comparison(cursor)
  cursor.take()
  return spanned(cursor, start, { kind: 'not', of: cursor.nested(() => negation(cursor)) })
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

const comparison = (cursor: QueryCursor): ExpressionNode => {
  const { start } = cursor.peek()
  const left = sum(cursor)
  const sign = cursor.peek()
  if (sign.kind === 'sign' && COMPARISONS.has(sign.text)) {
    cursor.take()
    return spanned(cursor, start, { kind: 'binary', operator: sign.text as BinaryOperator, left, right: sum(cursor) })
  }
  if (cursor.acceptSign('=~')) return spanned(cursor, start, { kind: 'like', of: left, pattern: pattern(cursor, true), negated: false })
  const negated = cursor.atWord('not')
  if (negated) cursor.take()
  if (cursor.acceptWord('like')) return spanned(cursor, start, { kind: 'like', of: left, pattern: pattern(cursor, false), negated })
  if (cursor.acceptWord('in')) return inList(cursor, left, start, negated)
  if (negated) throw cursor.unexpected('\'like\' or \'in\'')
  return left
}

/** Of `like` and `=~`: a regular expression, or a text that for `=~` is one too. */
const pattern = (cursor: QueryCursor, regex: boolean): ExpressionNode => {
  const { start } = cursor.peek()
  const of = sum(cursor)
  if (!regex || of.kind !== 'literal' || typeof of.value !== 'string') return of
  return spanned(cursor, start, { kind: 'regex', pattern: of.value })
}

const inList = (cursor: QueryCursor, of: ExpressionNode, start: number, negated: boolean): ExpressionNode => {
  if (cursor.acceptSign('[')) {
    const items = cursor.acceptSign(']') ? undefined : parseList(cursor)
    if (items !== undefined) cursor.expectSign(']')
    return spanned(cursor, start, { kind: 'in', of, items: items ?? [], negated })
  }
  if (!cursor.acceptSign('(')) throw cursor.unexpected('\'[\'')
  if (cursor.atWord('source') || cursor.atWord('fields') || cursor.atWord('filter')) {
    const query = cursor.nested(() => cursor.query(cursor))
    cursor.expectSign(')')
    return spanned(cursor, start, { kind: 'in query', of, query, negated })
  }
  const items = parseList(cursor)
  cursor.expectSign(')')
  return spanned(cursor, start, { kind: 'in', of, items, negated })
}

const SUMS: ReadonlySet<string> = new Set(['+', '-'])
const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '%'])

const sum = (cursor: QueryCursor): ExpressionNode => chain(cursor, product, () => signOf(cursor, SUMS))
const product = (cursor: QueryCursor): ExpressionNode => chain(cursor, power, () => signOf(cursor, PRODUCTS))
const power = (cursor: QueryCursor): ExpressionNode => chain(cursor, signed, () => (cursor.acceptSign('^') ? '^' : undefined))

const signOf = (cursor: QueryCursor, signs: ReadonlySet<string>): BinaryOperator | undefined => {
  const token = cursor.peek()
  return token.kind === 'sign' && signs.has(token.text) ? (cursor.take().text as BinaryOperator) : undefined
}

const signed = (cursor: QueryCursor): ExpressionNode => {
  const { start } = cursor.peek()
  if (cursor.acceptSign('-')) return spanned(cursor, start, { kind: 'negative', of: cursor.nested(() => signed(cursor)) })
  if (cursor.acceptSign('!')) return spanned(cursor, start, { kind: 'not', of: cursor.nested(() => signed(cursor)) })
  return parsePrimary(cursor, parseExpression)
}

/** So many operators in a row are one tree that leans to the left, as deep as they are many. */
const CHAIN_LIMIT = 400

export const chain = <Cursor extends QueryCursor>(cursor: Cursor, part: (cursor: Cursor) => ExpressionNode, operator: () => BinaryOperator | undefined): ExpressionNode => {
  const { start } = cursor.peek()
  let left = part(cursor)
  for (let length = 1; ; length++) {
    const at: Span = cursor.peek()
    const found = operator()
    if (found === undefined) return left
    if (length === CHAIN_LIMIT) throw new InsightsProblem('The expression is too long', at.start, at.end)
    left = spanned(cursor, start, { kind: 'binary', operator: found, left, right: part(cursor) })
  }
}
