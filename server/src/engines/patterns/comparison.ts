import type { Token } from '../languages/tokens.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { SearchRegex } from './search-regex.ts'
import { unquote } from './unquote.ts'
import { Wildcard } from './wildcard.ts'

/** What a condition compares a value with. */
export type Comparison =
  | { readonly kind: 'text'; readonly negated: boolean; readonly wildcard: Wildcard }
  | { readonly kind: 'regex'; readonly negated: boolean; readonly regex: SearchRegex }
  | { readonly kind: 'number'; readonly operator: Operator; readonly number: number; readonly written: string }

const OPERATORS = ['=', '!=', '>', '<', '>=', '<='] as const
type Operator = (typeof OPERATORS)[number]
const isOperator = (text: string): text is Operator => (OPERATORS as readonly string[]).includes(text)

/** Decimal, with sign, fraction and exponent. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
/** Longer ones are no numbers: nobody writes them, and they take time. */
const NUMBER_LENGTH = 400

/** The number that a text is, undefined when it is none. */
export const numberIn = (text: string): number | undefined =>
  text.length <= NUMBER_LENGTH && NUMBER.test(text) ? Number(text) : undefined

/** Reads `operator value`. Throws `FilterPatternProblem`. */
export const readComparison = (operator: Token<string>, value: Token<string>): Comparison => {
  if (!isOperator(operator.text)) throw new FilterPatternProblem({ reason: `unexpected '${operator.text}'`, at: operator.start })
  const equality = operator.text === '=' || operator.text === '!='
  const negated = operator.text === '!='
  const number = value.kind === 'word' ? numberIn(value.text) : undefined
  if (number !== undefined) return { kind: 'number', operator: operator.text, number, written: value.text }
  if (!equality) throw new FilterPatternProblem({ term: value.text, at: value.start })
  if (value.kind === 'regex') return { kind: 'regex', negated, regex: new SearchRegex(value.text.slice(1, -1), value.start) }
  return { kind: 'text', negated, wildcard: new Wildcard(value.kind === 'quoted' ? unquote(value.text) : value.text.split('*')) }
}

export const comparesText = (comparison: Comparison, text: string): boolean => {
  switch (comparison.kind) {
    case 'text':
      return comparison.wildcard.matches(text) !== comparison.negated
    case 'regex':
      return comparison.regex.test(text) !== comparison.negated
    case 'number':
      if (comparison.operator === '=') return text === comparison.written
      return comparison.operator === '!=' && text !== comparison.written
  }
}

export const comparesNumber = ({ operator, number }: Comparison & { readonly kind: 'number' }, value: number): boolean => {
  switch (operator) {
    case '=':
      return value === number
    case '!=':
      return value !== number
    case '>':
      return value > number
    case '<':
      return value < number
    case '>=':
      return value >= number
    case '<=':
      return value <= number
  }
}
