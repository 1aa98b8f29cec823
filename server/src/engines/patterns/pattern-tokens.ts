import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { tokenise, type Token, type TokenRule } from '../languages/tokens.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'

/** `"…"` with backslashes, and `%…%`. */
export const QUOTED = /"(?:[^"\\]|\\[^])*"/y
export const REGEX = /%[^%]*%/y
/** A value without quotation marks. Documented are letters, digits, `_`, `*`, numbers and addresses; the rest is let through. */
export const VALUE = /[\w.*+\-/@#:]+/y

/** Regular expressions in one pattern. */
const REGEXES = 2

/** The whole text as tokens, an `end` last. Throws `FilterPatternProblem`. */
export const patternTokens = <Kind extends string>(text: string, rules: readonly TokenRule<Kind>[]): readonly Token<Kind>[] => {
  const tokens = asPatternProblem(() => tokenise(text, rules), at => ({ term: badTerm(text, at), at }))
  const regexes = tokens.filter(({ kind }) => kind === 'regex')
  if (regexes.length > REGEXES) {
    throw new FilterPatternProblem({ reason: `more than ${REGEXES} regular expressions`, at: regexes[REGEXES]!.start })
  }
  return tokens
}

/** Runs what may throw the kit's `SyntaxProblem`, which becomes this language's problem. */
export const asPatternProblem = <Result>(
  read: () => Result,
  cause: (at: number, reason: string) => ConstructorParameters<typeof FilterPatternProblem>[0],
): Result => {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new FilterPatternProblem(cause(error.at, error.message))
    throw error
  }
}

/** AWS names the token that could not be read, up to the character that stopped it. */
const badTerm = (text: string, at: number): string => {
  if (text[at] === '"' || text[at] === '%') return text.slice(at)
  BAD_SELECTOR.lastIndex = at
  return BAD_SELECTOR.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at)!)
}

const BAD_SELECTOR = /\$(?:\.?\[?[^\s]?)?/y

/** The complaint of a parser that found something else than it needs. */
export const unexpected = ({ kind, text, start }: Token<string>): FilterPatternProblem =>
  new FilterPatternProblem({ reason: kind === 'end' ? 'it ends too early' : `unexpected '${text}'`, at: start })
