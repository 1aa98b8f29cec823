import { SyntaxProblem } from './syntax-problem.ts'

export interface Token<Kind extends string> {
  readonly kind: Kind | 'end'
  /** As written. */
  readonly text: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/**
 * What a kind of token looks like: a sticky pattern (`/…/y`) that takes linear time, that is without one repetition inside
 * another. `skip` is left out (white space). The first rule that matches wins.
 */
export type TokenRule<Kind extends string> = readonly [kind: Kind | 'skip', pattern: RegExp]

/** The whole text as tokens, an `end` last. Throws `SyntaxProblem` at what no rule matches. */
export const tokenise = <Kind extends string>(text: string, rules: readonly TokenRule<Kind>[]): readonly Token<Kind>[] => {
  const tokens: Token<Kind>[] = []
  let at = 0
  while (at < text.length) {
    const [kind, length] = match(text, at, rules)
    if (kind !== 'skip') tokens.push({ kind, text: text.slice(at, at + length), start: at, end: at + length })
    at += length
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}

const match = <Kind extends string>(text: string, at: number, rules: readonly TokenRule<Kind>[]): readonly [Kind | 'skip', number] => {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = at
    if (pattern.test(text) && pattern.lastIndex > at) return [kind, pattern.lastIndex - at]
  }
  throw new SyntaxProblem(`Unexpected character '${String.fromCodePoint(text.codePointAt(at)!)}'`, at)
}
