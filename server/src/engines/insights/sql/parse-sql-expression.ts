import { chain } from '../grammar/parse-expression.ts'
import { spanned } from '../grammar/parse-primary.ts'
import type { BinaryOperator, ExpressionNode } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { likePattern } from './like-pattern.ts'
import { parseSqlPrimary } from './parse-sql-primary.ts'
import { type SqlCursor, textWithin } from './sql-cursor.ts'
import { negated } from './negated.ts'
import { callOf, literalOf, refusal } from './sql-nodes.ts'

/** or < and < not < comparison, LIKE, IN, BETWEEN, IS < || < sum < product < sign. */
export const parseSqlExpression = (cursor: SqlCursor): ExpressionNode => cursor.nested(() => disjunction(cursor))

const parseSqlList = (cursor: SqlCursor): readonly ExpressionNode[] => {
  const items = [parseSqlExpression(cursor)]
  while (cursor.acceptSign(',')) items.push(parseSqlExpression(cursor))
  return items
}

const disjunction = (cursor: SqlCursor): ExpressionNode => chain(cursor, conjunction, () => (cursor.acceptWord('or') ? 'or' : undefined))
const conjunction = (cursor: SqlCursor): ExpressionNode => chain(cursor, negation, () => (cursor.acceptWord('and') ? 'and' : undefined))

const negation = (cursor: SqlCursor): ExpressionNode => {
  const { start } = cursor.peek()
  if (!cursor.acceptWord('not')) return predicate(cursor)
  const of = cursor.nested(() => negation(cursor))
  return { ...negated(of), start }
}

const COMPARISONS: ReadonlyMap<string, BinaryOperator> = new Map([
  ['=', '='], ['==', '='], ['!=', '!='], ['<>', '!='], ['<', '<'], ['<=', '<='], ['>', '>'], ['>=', '>='],
])

const predicate = (cursor: SqlCursor): ExpressionNode => {
  const { start } = cursor.peek()
  const left = concatenation(cursor)
  const sign = cursor.peek()
  const operator = sign.kind === 'sign' ? COMPARISONS.get(sign.text) : undefined
  if (operator !== undefined) {
    cursor.take()
    return spanned(cursor, start, { kind: 'binary', operator, left, right: concatenation(cursor) })
  }
  if (cursor.acceptWord('is')) return presence(cursor, left, start)
  const not = cursor.acceptWord('not')
  if (cursor.acceptWord('in')) return inList(cursor, left, start, not)
  if (cursor.acceptWord('between')) return between(cursor, left, start, not)
  for (const word of ['like', 'ilike', 'rlike', 'regexp'] as const) if (cursor.acceptWord(word)) return like(cursor, left, start, word, not)
  if (not) throw cursor.unexpected('LIKE, IN or BETWEEN')
  return left
}

const presence = (cursor: SqlCursor, of: ExpressionNode, start: number): ExpressionNode => {
  const not = cursor.acceptWord('not')
  cursor.expectWord('null')
  const isThere = callOf('ispresent', [of], { start, end: cursor.lastEnd })
  return not ? isThere : spanned(cursor, start, { kind: 'not', of: isThere })
}

const inList = (cursor: SqlCursor, of: ExpressionNode, start: number, not: boolean): ExpressionNode => {
  cursor.expectSign('(')
  if (cursor.atWord('select')) throw refusal('Subqueries are not supported', cursor.peek())
  const items = parseSqlList(cursor)
  cursor.expectSign(')')
  return spanned(cursor, start, { kind: 'in', of, items, negated: not })
}

const between = (cursor: SqlCursor, of: ExpressionNode, start: number, not: boolean): ExpressionNode => {
  const least = concatenation(cursor)
  cursor.expectWord('and')
  const most = concatenation(cursor)
  const low = spanned(cursor, start, { kind: 'binary', operator: not ? '<' : '>=', left: of, right: least })
  const high = spanned(cursor, start, { kind: 'binary', operator: not ? '>' : '<=', left: of, right: most })
  return spanned(cursor, start, { kind: 'binary', operator: not ? 'or' : 'and', left: low, right: high })
}

const like = (cursor: SqlCursor, of: ExpressionNode, start: number, word: 'like' | 'ilike' | 'rlike' | 'regexp', not: boolean): ExpressionNode => {
  const token = cursor.expect('text', 'a pattern in quotes')
  if (cursor.atWord('escape')) throw refusal('ESCAPE is not supported: a backslash makes % and _ plain', cursor.peek())
  const at = { start: token.start, end: token.end }
  const text = textWithin(token.text)
  const wanted = word === 'like' || word === 'ilike' ? likePattern(text, word === 'ilike') : ({ type: 'expression', text } as const)
  if (wanted.type === 'whole') {
    // A field may be found by an index; of anything else it is the text that counts.
    const left = of.kind === 'field' ? of : callOf('concat', [of], at)
    return spanned(cursor, start, { kind: 'binary', operator: not ? '!=' : '=', left, right: literalOf(wanted.text, at) })
  }
  const pattern: ExpressionNode = wanted.type === 'within' ? literalOf(wanted.text, at) : { kind: 'regex', pattern: wanted.text, ...at }
  return spanned(cursor, start, { kind: 'like', of, pattern, negated: not })
}

/** So many texts may be put together in a row. */
const PARTS_LIMIT = 100

const concatenation = (cursor: SqlCursor): ExpressionNode => {
  const { start } = cursor.peek()
  const parts = [sum(cursor)]
  while (cursor.acceptSign('||')) {
    if (parts.length === PARTS_LIMIT) throw new InsightsProblem('The expression is too long', start, cursor.lastEnd)
    parts.push(sum(cursor))
  }
  return parts.length === 1 ? parts[0]! : callOf('concat', parts, { start, end: cursor.lastEnd })
}

const sum = (cursor: SqlCursor): ExpressionNode => chain(cursor, product, () => signOf(cursor, ['+', '-']))
const product = (cursor: SqlCursor): ExpressionNode => chain(cursor, signed, () => signOf(cursor, ['*', '/', '%']))

const signOf = (cursor: SqlCursor, signs: readonly BinaryOperator[]): BinaryOperator | undefined => {
  const found = signs.find(sign => cursor.peek().kind === 'sign' && cursor.peek().text === sign)
  if (found !== undefined) cursor.take()
  return found
}

const signed = (cursor: SqlCursor): ExpressionNode => {
  const { start } = cursor.peek()
  if (cursor.acceptSign('-')) return spanned(cursor, start, { kind: 'negative', of: cursor.nested(() => signed(cursor)) })
  if (cursor.acceptSign('+')) return cursor.nested(() => signed(cursor))
  if (cursor.acceptSign('!')) {
    const of = cursor.nested(() => signed(cursor))
    return { ...negated(of), start }
  }
  return parseSqlPrimary(cursor, parseSqlExpression)
}
