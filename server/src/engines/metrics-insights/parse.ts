import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { TokenCursor } from '../languages/token-cursor.ts'
import { tokenise, type Token, type TokenRule } from '../languages/tokens.ts'
import {
  ACCOUNT_KEY,
  CURRENT_ACCOUNT,
  TAG_PREFIX,
  type InsightsCondition,
  type InsightsFunction,
  type InsightsQuery,
} from './query.ts'

type Kind = 'word' | 'name' | 'text' | 'number' | 'sign'
type Cursor = TokenCursor<Kind>

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /[0-9]+/y],
  ['name', /"(?:[^"\\]|\\.)*"/sy],
  ['text', /'(?:[^'\\]|\\.)*'/sy],
  ['sign', /!=|[=(),.;]/y],
]

/** Words of the grammar itself. AWS reserves all words of several SQL dialects; those are taken as names here. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'SELECT', 'FROM', 'SCHEMA', 'WHERE', 'AND', 'OR', 'NOT', 'GROUP', 'ORDER', 'BY', 'ASC', 'DESC', 'LIMIT',
])
const FUNCTIONS: ReadonlySet<string> = new Set<InsightsFunction>(['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'])
/** The most series of one query, written or not. */
const SERIES_LIMIT = 500

/** Tells a query from metric math: no expression of the latter begins with this word. */
export const isInsights = (text: string): boolean => /^\s*select\s/iy.test(text)

/** Reads `SELECT fn(metric) FROM … [WHERE …] [GROUP BY …] [ORDER BY …] [LIMIT …]`. Throws `SyntaxProblem`. */
export const parseInsights = (text: string): InsightsQuery => {
  const cursor = new TokenCursor(tokenise(text, RULES))
  keyword(cursor, 'SELECT')
  const statistic = functionName(cursor)
  sign(cursor, '(')
  const metricName = name(cursor)
  sign(cursor, ')')
  keyword(cursor, 'FROM')
  const source = acceptKeyword(cursor, 'SCHEMA') ? schema(cursor) : { namespace: name(cursor), schema: undefined }
  const conditions = acceptKeyword(cursor, 'WHERE') ? separated(cursor, condition, () => acceptKeyword(cursor, 'AND')) : []
  const groupBy = acceptKeyword(cursor, 'GROUP') ? grouping(cursor) : []
  const orderBy = acceptKeyword(cursor, 'ORDER') ? ordering(cursor) : undefined
  const limit = acceptKeyword(cursor, 'LIMIT') ? limitOf(cursor) : SERIES_LIMIT
  cursor.accept('sign', ';')
  cursor.expect('end', undefined, unexpected)
  return { statistic, metricName, ...source, conditions, groupBy, orderBy, limit }
}

const schema = (cursor: Cursor): Pick<InsightsQuery, 'namespace' | 'schema'> => {
  sign(cursor, '(')
  const namespace = name(cursor)
  const labels: string[] = []
  while (acceptSign(cursor, ',')) labels.push(name(cursor))
  sign(cursor, ')')
  return { namespace, schema: labels }
}

const condition = (cursor: Cursor): InsightsCondition => {
  const key = keyOf(cursor)
  const equal = acceptSign(cursor, '=')
  if (!equal) sign(cursor, '!=')
  if (cursor.peek().text.toUpperCase() === 'CURRENT_ACCOUNT_ID') {
    cursor.take()
    sign(cursor, '(')
    sign(cursor, ')')
    return { key, equal, value: CURRENT_ACCOUNT }
  }
  return { key, equal, value: unquoted(cursor.expect('text', undefined, unexpected)) }
}

const grouping = (cursor: Cursor): readonly string[] => {
  keyword(cursor, 'BY')
  return separated(cursor, keyOf, () => acceptSign(cursor, ','))
}

const ordering = (cursor: Cursor): InsightsQuery['orderBy'] => {
  keyword(cursor, 'BY')
  const statistic = functionName(cursor)
  sign(cursor, '(')
  sign(cursor, ')')
  const descending = acceptKeyword(cursor, 'DESC')
  if (!descending) acceptKeyword(cursor, 'ASC')
  return { statistic, descending }
}

const limitOf = (cursor: Cursor): number => {
  const token = cursor.expect('number', undefined, unexpected)
  const limit = Number(token.text)
  if (limit < 1 || limit > SERIES_LIMIT) throw new SyntaxProblem(`LIMIT must be between 1 and ${SERIES_LIMIT}`, token.start)
  return limit
}

/** A dimension's name, `tag.<key>` or `AWS.AccountId`; the last two are the only names with a dot outside quotes. */
const keyOf = (cursor: Cursor): string => {
  const first = cursor.peek()
  const key = name(cursor)
  if (first.kind !== 'word' || !acceptSign(cursor, '.')) return key
  if (key.toLowerCase() === 'tag') return TAG_PREFIX + name(cursor)
  const property = cursor.expect('word', undefined, unexpected)
  if (`${key}.${property.text}` !== ACCOUNT_KEY) throw new SyntaxProblem(`Unknown key '${key}.${property.text}'`, first.start)
  return ACCOUNT_KEY
}

const separated = <Part>(cursor: Cursor, part: (cursor: Cursor) => Part, more: () => boolean): readonly Part[] => {
  const parts = [part(cursor)]
  while (more()) parts.push(part(cursor))
  return parts
}

const functionName = (cursor: Cursor): InsightsFunction => {
  const token = cursor.expect('word', undefined, unexpected)
  const written = token.text.toUpperCase()
  if (!FUNCTIONS.has(written)) throw new SyntaxProblem(`Function '${token.text}' not found`, token.start)
  return written as InsightsFunction
}

const name = (cursor: Cursor): string => {
  const quoted = cursor.accept('name')
  if (quoted !== undefined) return unquoted(quoted)
  const token = cursor.expect('word', undefined, unexpected)
  if (KEYWORDS.has(token.text.toUpperCase())) throw new SyntaxProblem(unexpected(token), token.start)
  return token.text
}

const unquoted = ({ text }: Token<Kind>): string => text.slice(1, -1).replaceAll(/\\(.)/gs, '$1')

const acceptKeyword = (cursor: Cursor, word: string): boolean => {
  const token = cursor.peek()
  if (token.kind !== 'word' || token.text.toUpperCase() !== word) return false
  cursor.take()
  return true
}

const keyword = (cursor: Cursor, word: string): void => {
  if (!acceptKeyword(cursor, word)) throw new SyntaxProblem(`${unexpected(cursor.peek())}, expected ${word}`, cursor.peek().start)
}

const acceptSign = (cursor: Cursor, text: string): boolean => cursor.accept('sign', text) !== undefined

const sign = (cursor: Cursor, text: string): void => void cursor.expect('sign', text, found => `${unexpected(found)}, expected '${text}'`)

const unexpected = ({ kind, text }: Token<Kind>): string => (kind === 'end' ? 'Unexpected end of query' : `Unexpected token '${text}'`)
