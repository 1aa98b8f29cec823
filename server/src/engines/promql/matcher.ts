import type { Labels } from './labels.ts'
import { Pattern } from './pattern.ts'

export type MatchSymbol = '=' | '!=' | '=~' | '!~'

export interface Matcher {
  readonly name: string
  readonly symbol: MatchSymbol
  readonly value: string
  /** Takes time linear in the text, whatever the pattern is. Throws `PromqlError` after too much of it. */
  readonly matches: (text: string) => boolean
}

/** Throws `PatternError`. */
export const matcher = (name: string, symbol: MatchSymbol, value: string): Matcher => ({ name, symbol, value, matches: test(symbol, value) })

export const matchesAll = (labels: Labels, matchers: readonly Matcher[]): boolean =>
  matchers.every(({ name, matches }) => matches(labels.get(name)))

const test = (symbol: MatchSymbol, value: string): ((text: string) => boolean) => {
  switch (symbol) {
    case '=':
      return text => text === value
    case '!=':
      return text => text !== value
    case '=~':
      return remembered(value)
    case '!~': {
      const matches = remembered(value)
      return text => !matches(text)
    }
  }
}

/** Labels repeat: ten thousand series of a few hosts are few texts. */
const remembered = (text: string): ((text: string) => boolean) => {
  const pattern = new Pattern(text)
  const known = new Map<string, boolean>()
  return value => {
    const answer = known.get(value) ?? pattern.matches(value)
    if (known.size < REMEMBERED) known.set(value, answer)
    return answer
  }
}

const REMEMBERED = 10_000
