import { SyntaxProblem } from '../../languages/syntax-problem.ts'
import { TokenCursor } from '../../languages/token-cursor.ts'
import { tokenise, type Token } from '../../languages/tokens.ts'
import { PRECEDENCE, type BinarySymbol, type Syntax } from './syntax.ts'
import { RULES, unquote, type Kind } from './tokens.ts'

type Cursor = TokenCursor<Kind>

/** Reads a whole expression of metric math. Throws `SyntaxProblem`. */
export const parse = (text: string): Syntax => {
  const cursor = new TokenCursor(tokenise(text, RULES))
  const syntax = binary(cursor, 0)
  cursor.expect('end', undefined, unexpected)
  return syntax
}

const binary = (cursor: Cursor, level: number): Syntax => {
  const symbols: readonly BinarySymbol[] | undefined = PRECEDENCE[level]
  if (symbols === undefined) return unary(cursor)
  let left = binary(cursor, level + 1)
  for (;;) {
    const symbol = symbols.find(candidate => candidate === cursor.peek().text)
    if (symbol === undefined) return left
    cursor.take()
    const right = binary(cursor, level + 1)
    left = { kind: 'binary', symbol, left, right, start: left.start, end: right.end }
  }
}

const unary = (cursor: Cursor): Syntax => {
  const minus = cursor.accept('sign', '-')
  if (minus === undefined) return power(cursor)
  const operand = cursor.nested(() => unary(cursor))
  return { kind: 'minus', operand, start: minus.start, end: operand.end }
}

/** Binds tighter than a minus before it, and from right to left: -2^3^2 is -(2^(3^2)). */
const power = (cursor: Cursor): Syntax => {
  const left = primary(cursor)
  if (cursor.accept('sign', '^') === undefined) return left
  const right = cursor.nested(() => unary(cursor))
  return { kind: 'binary', symbol: '^', left, right, start: left.start, end: right.end }
}

const primary = (cursor: Cursor): Syntax => {
  const token = cursor.take()
  const { start, end, text } = token
  if (token.kind === 'number') return { kind: 'number', value: finite(token), start, end }
  if (token.kind === 'text') return { kind: 'text', text: unquote(text), start, end }
  if (token.kind === 'name' && !isOperator(text)) return named(cursor, token)
  if (text === '[' && token.kind === 'sign') {
    const items = separated(cursor)
    return { kind: 'list', items, start, end: cursor.expect('sign', ']', unexpected).end }
  }
  if (text === '(' && token.kind === 'sign') {
    const inner = cursor.nested(() => binary(cursor, 0))
    return { ...inner, start, end: cursor.expect('sign', ')', unexpected).end }
  }
  throw new SyntaxProblem(unexpected(token), start)
}

const named = (cursor: Cursor, { text, start, end }: Token<Kind>): Syntax => {
  if (cursor.accept('sign', '(') === undefined) {
    return /^[a-z]/.test(text) ? { kind: 'id', name: text, start, end } : { kind: 'word', word: text, start, end }
  }
  const close = cursor.accept('sign', ')')
  if (close !== undefined) return { kind: 'call', name: text, args: [], start, end: close.end }
  const args = separated(cursor)
  return { kind: 'call', name: text, args, start, end: cursor.expect('sign', ')', unexpected).end }
}

const separated = (cursor: Cursor): readonly Syntax[] => {
  const items: Syntax[] = []
  do items.push(cursor.nested(() => binary(cursor, 0)))
  while (cursor.accept('sign', ',') !== undefined)
  return items
}

const isOperator = (text: string): boolean => text === 'AND' || text === 'OR'

const finite = ({ text, start }: Token<Kind>): number => {
  const value = Number(text)
  if (!Number.isFinite(value)) throw new SyntaxProblem(`number '${text}' is too large`, start)
  return value
}

const unexpected = ({ kind, text }: Token<Kind>): string => (kind === 'end' ? 'unexpected end' : `unexpected '${text.slice(0, 40)}'`)
