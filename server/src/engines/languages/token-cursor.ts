import { SyntaxProblem } from './syntax-problem.ts'
import type { Token } from './tokens.ts'

/** So deep may brackets and calls nest: far beyond what people write, far below what a stack holds. */
const DEPTH_LIMIT = 100

/** Reads tokens one by one, for parsers that descend recursively. */
export class TokenCursor<Kind extends string> {
  readonly #tokens: readonly Token<Kind>[]
  #next = 0
  #depth = 0

  /** `tokens` end with `end`. */
  constructor(tokens: readonly Token<Kind>[]) {
    this.#tokens = tokens
  }

  /** The next token, or the one `ahead` of it; at the end always `end`. */
  peek(ahead = 0): Token<Kind> {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!
  }

  take(): Token<Kind> {
    const token = this.peek()
    if (token.kind !== 'end') this.#next++
    return token
  }

  /** Takes the next token if it is of that kind, and of that text if one is given. */
  accept(kind: Kind | 'end', text?: string): Token<Kind> | undefined {
    const token = this.peek()
    return token.kind === kind && (text === undefined || token.text === text) ? this.take() : undefined
  }

  /** As `accept`, but nothing else will do; `complaint` words what is wrong with the token that is there instead. */
  expect(kind: Kind | 'end', text: string | undefined, complaint: (found: Token<Kind>) => string): Token<Kind> {
    const token = this.accept(kind, text)
    if (token === undefined) throw new SyntaxProblem(complaint(this.peek()), this.peek().start)
    return token
  }

  /** Parses what is one level further in; hostile nesting ends in a `SyntaxProblem`, not in a full stack. */
  nested<Result>(parse: () => Result): Result {
    if (this.#depth === DEPTH_LIMIT) throw new SyntaxProblem('Too deeply nested', this.peek().start)
    this.#depth++
    try {
      return parse()
    } finally {
      this.#depth--
    }
  }
}
