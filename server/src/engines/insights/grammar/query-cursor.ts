import { InsightsProblem } from '../insights-problem.ts'
import type { QueryNode } from './query-tree.ts'

export type TokenKind = 'name' | 'quoted' | 'suffix' | 'text' | 'number' | 'period' | 'sign' | 'end' | 'bad'

export interface QueryToken {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** Sticky patterns that take linear time. `suffix` continues a name after brackets or backticks: `` `a-b`.c ``, `l[0].c`. */
const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  // AWS has the sign of its own fields in front of the backticks: @`aws.tag.a:b`.
  ['quoted', /@?`[^`\0]+`/y],
  ['name', /[A-Za-z_@][A-Za-z0-9_@]*(?:\.[A-Za-z0-9_@]+)*/y],
  ['suffix', /(?:\.[A-Za-z0-9_@]+)+/y],
  ['text', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy],
  ['number', /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_@])/y],
  ['period', /[0-9]+[A-Za-z]+(?![A-Za-z0-9_@])/y],
  ['sign', /=~|!=|<=|>=|[-=<>+*/%^!(),|[\].:{}]/y],
]
const SPACE = /(?:\s|#[^\n]*)*/y

/** How a language's tokens look, and what may stand between them. */
export interface Lexicon {
  readonly rules: readonly (readonly [TokenKind, RegExp])[]
  readonly space: RegExp
}
const INSIGHTS: Lexicon = { rules: RULES, space: SPACE }

const REGEX = /\/((?:[^/\\\n]|\\.)+)\//y
/** So deep may brackets and calls nest. */
const DEPTH_LIMIT = 100

/**
 * Reads a query token by token. Tokens are found as they are asked for, since only the grammar knows whether a slash
 * divides or begins a regular expression.
 */
export class QueryCursor {
  readonly text: string
  /** Reads the query of a subquery or a join, up to its closing bracket. */
  readonly query: (cursor: QueryCursor) => QueryNode
  readonly #lexicon: Lexicon
  #next: QueryToken
  #lastEnd = 0
  #depth = 0

  constructor(text: string, query: (cursor: QueryCursor) => QueryNode, lexicon = INSIGHTS) {
    this.text = text
    this.query = query
    this.#lexicon = lexicon
    this.#next = this.#tokenAt(0)
  }

  peek(): QueryToken {
    return this.#next
  }

  /** The token after the next one; only for tokens that cannot begin a regular expression. */
  peekSecond(): QueryToken {
    return this.#tokenAt(this.#next.end)
  }

  /** Where the token that was taken last ends. */
  get lastEnd(): number {
    return this.#lastEnd
  }

  take(): QueryToken {
    const token = this.#next
    if (token.kind === 'bad') throw new InsightsProblem(unreadable(token.text), token.start, token.end)
    if (token.kind !== 'end') this.#moveTo(token.end)
    return token
  }

  accept(kind: TokenKind, text?: string): QueryToken | undefined {
    const token = this.peek()
    return token.kind === kind && (text === undefined || token.text === text) ? this.take() : undefined
  }

  acceptSign(text: string): boolean {
    return this.accept('sign', text) !== undefined
  }

  /** A word of the language itself, in any case. */
  acceptWord(word: string): boolean {
    if (!this.atWord(word)) return false
    this.take()
    return true
  }

  atWord(word: string): boolean {
    return this.#next.kind === 'name' && this.#next.text.toLowerCase() === word
  }

  expect(kind: TokenKind, wanted: string): QueryToken {
    const token = this.accept(kind)
    if (token === undefined) throw this.unexpected(wanted)
    return token
  }

  expectSign(text: string): void {
    if (!this.acceptSign(text)) throw this.unexpected(`'${text}'`)
  }

  expectWord(word: string): void {
    if (!this.acceptWord(word)) throw this.unexpected(`'${word}'`)
  }

  /** What stands between the slashes of a regular expression, if one begins here; the slashes it escapes are plain ones. */
  acceptRegex(): string | undefined {
    if (this.#next.text !== '/') return undefined
    const { start } = this.#next
    REGEX.lastIndex = start
    const found = REGEX.exec(this.text)
    if (found === null) throw new InsightsProblem('The regular expression does not end', start, Math.min(start + 1, this.text.length))
    this.#moveTo(start + found[0].length)
    return found[1]!.replaceAll('\\/', '/')
  }

  /** The problem of finding something else here. */
  unexpected(wanted?: string): InsightsProblem {
    const { kind, text, start, end } = this.#next
    const found = kind === 'end' ? 'Unexpected end of query' : kind === 'bad' ? unreadable(text) : `Unexpected '${shortened(text)}'`
    return this.misplaced(wanted === undefined ? found : `${found}, expected ${wanted}`, { start, end })
  }

  /** The problem of what AWS's parser has no place for. */
  misplaced(message: string, { start, end }: Pick<QueryToken, 'start' | 'end'>): InsightsProblem {
    return new InsightsProblem(message, start, end, unexpectedSymbol(this.text, start, end))
  }

  /** Parses what is one level further in. */
  nested<Result>(parse: () => Result): Result {
    if (this.#depth === DEPTH_LIMIT) throw new InsightsProblem('Too deeply nested', this.#next.start, this.#next.end)
    this.#depth++
    try {
      return parse()
    } finally {
      this.#depth--
    }
  }

  #moveTo(end: number): void {
    this.#lastEnd = end
    this.#next = this.#tokenAt(end)
  }

  #tokenAt(from: number): QueryToken {
    const { rules, space } = this.#lexicon
    space.lastIndex = from
    space.test(this.text)
    const start = space.lastIndex
    if (start >= this.text.length) return { kind: 'end', text: '', start: this.text.length, end: this.text.length }
    for (const [kind, pattern] of rules) {
      pattern.lastIndex = start
      if (pattern.test(this.text)) return { kind, text: this.text.slice(start, pattern.lastIndex), start, end: pattern.lastIndex }
    }
    const bad = String.fromCodePoint(this.text.codePointAt(start)!)
    return { kind: 'bad', text: bad, start, end: start + bad.length }
  }
}

/** AWS counts lines from 1 and positions from 0. */
const unexpectedSymbol = (text: string, start: number, end: number): string => {
  const before = text.slice(0, start).split('\n')
  return `unexpected symbol found ${text.slice(start, end) || '<EOF>'} at line ${before.length} and position ${before.at(-1)!.length}`
}

const unreadable = (character: string): string => {
  if (character === '"' || character === '\'') return 'The text in quotes does not end'
  return character === '`' ? 'The name in backticks does not end' : `Unexpected character '${character}'`
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
