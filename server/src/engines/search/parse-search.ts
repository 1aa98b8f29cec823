import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { TokenCursor } from '../languages/token-cursor.ts'
import { tokenise, type Token, type TokenRule } from '../languages/tokens.ts'
import type { SearchTerm } from './term.ts'

export interface ParsedSearch {
  /** Metrics of this namespace with exactly these dimensions, in any order; undefined: all. */
  readonly schema: { readonly namespace: string; readonly dimensions: readonly string[] } | undefined
  /** Undefined: whatever the schema lets in. */
  readonly term: SearchTerm | undefined
}

type Kind = 'exact' | 'word' | 'sign'
type Cursor = TokenCursor<Kind>

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['exact', /"(?:[^"\\]|\\.)*"/sy],
  ['exact', /'(?:[^'\\]|\\.)*'/sy],
  ['word', /(?:[^\s(){},="'\\]|\\.)+/sy],
  ['sign', /[(){},=]/y],
]

/** The longest query that CloudWatch takes. */
const LENGTH_LIMIT = 1024

/** Reads `{Namespace, Dim…} term`, the first argument of SEARCH without its quotes. Throws `SyntaxProblem`. */
export const readSearch = (text: string): ParsedSearch => {
  if (text.length > LENGTH_LIMIT) throw new SyntaxProblem(`Search query is longer than ${LENGTH_LIMIT} characters`, LENGTH_LIMIT)
  const cursor = new TokenCursor(tokenise(text, RULES))
  const schema = accepts(cursor, '{') ? schemaOf(cursor) : undefined
  if (schema !== undefined) accepts(cursor, ',')
  if (schema !== undefined && cursor.peek().kind === 'end') return { schema, term: undefined }
  const term = or(cursor)
  cursor.expect('end', undefined, unexpected)
  return { schema, term }
}

const schemaOf = (cursor: Cursor): NonNullable<ParsedSearch['schema']> => {
  const namespace = text(cursor).value
  const dimensions: string[] = []
  while (accepts(cursor, ',')) dimensions.push(text(cursor).value)
  cursor.expect('sign', '}', unexpected)
  return { namespace, dimensions }
}

const or = (cursor: Cursor): SearchTerm => {
  const terms = [and(cursor)]
  while (acceptsWord(cursor, 'OR')) terms.push(and(cursor))
  return terms.length === 1 ? terms[0]! : { kind: 'or', terms }
}

/** Terms side by side are joined as with AND. */
const and = (cursor: Cursor): SearchTerm => {
  const terms = [not(cursor)]
  while (acceptsWord(cursor, 'AND') || beginsTerm(cursor.peek())) terms.push(not(cursor))
  return terms.length === 1 ? terms[0]! : { kind: 'and', terms }
}

const beginsTerm = ({ kind, text: written }: Token<Kind>): boolean =>
  kind === 'exact' || (kind === 'sign' && written === '(') || (kind === 'word' && written !== 'OR')

const not = (cursor: Cursor): SearchTerm =>
  acceptsWord(cursor, 'NOT') ? { kind: 'not', term: cursor.nested(() => not(cursor)) } : primary(cursor)

const primary = (cursor: Cursor): SearchTerm => {
  if (accepts(cursor, '(')) {
    const inner = cursor.nested(() => or(cursor))
    cursor.expect('sign', ')', unexpected)
    return inner
  }
  const subject = text(cursor)
  if (!accepts(cursor, '=')) return { kind: 'text', property: undefined, ...subject }
  const property = subject.value
  if (!accepts(cursor, '(')) return { kind: 'text', property, ...text(cursor) }
  const terms: SearchTerm[] = []
  do terms.push({ kind: 'text', property, ...text(cursor) })
  while (acceptsWord(cursor, 'OR'))
  cursor.expect('sign', ')', unexpected)
  return { kind: 'or', terms }
}

const text = (cursor: Cursor): { readonly value: string; readonly exact: boolean } => {
  const quoted = cursor.accept('exact')
  if (quoted !== undefined) return { value: unescaped(quoted.text.slice(1, -1)), exact: true }
  const word = cursor.expect('word', undefined, unexpected)
  if (OPERATORS.has(word.text)) throw new SyntaxProblem(unexpected(word), word.start)
  return { value: unescaped(word.text), exact: false }
}

/** Upper case only: `and` is a word to search for. */
const OPERATORS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT'])

const unescaped = (written: string): string => written.replaceAll(/\\(.)/gs, '$1')

const accepts = (cursor: Cursor, sign: string): boolean => cursor.accept('sign', sign) !== undefined
const acceptsWord = (cursor: Cursor, word: string): boolean => cursor.accept('word', word) !== undefined

const unexpected = ({ kind, text: written }: Token<Kind>): string =>
  kind === 'end' ? 'Unexpected end of search query' : `Unexpected '${written}' in search query`
