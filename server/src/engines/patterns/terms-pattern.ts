import type { Token, TokenRule } from '../languages/tokens.ts'
import type { FilterPattern } from './filter-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import type { LogLine } from './log-line.ts'
import { patternTokens, QUOTED, REGEX, unexpected } from './pattern-tokens.ts'
import { SearchRegex } from './search-regex.ts'
import { unquoteTerm } from './unquote.ts'

type Kind = 'quoted' | 'regex' | 'word' | 'mark'

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['quoted', QUOTED],
  ['regex', REGEX],
  ['word', /[A-Za-z0-9_]+/y],
  ['mark', /[-?]/y],
]

type Term = string | SearchRegex

/**
 * Terms, phrases and regular expressions, each found anywhere in the message: `ERROR` finds ERRORCODE, as AWS's user guide has
 * it. All plain ones must be there and none of the excluded ones; if there are neither, at least one of the optional ones.
 */
export const parseTermsPattern = (text: string): FilterPattern => {
  const tokens = patternTokens(text, RULES)
  const wanted: Term[] = []
  const unwanted: Term[] = []
  const optional: Term[] = []
  for (let index = 0; tokens[index]!.kind !== 'end'; index++) {
    const token = tokens[index]!
    if (token.kind !== 'mark') {
      wanted.push(readTerm(token))
      continue
    }
    // `a-b` would exclude b, which nobody means: AWS asks for quotation marks around such a term.
    if (tokens[index - 1]?.end === token.start) throw new FilterPatternProblem({ term: token.text, at: token.start })
    const term = tokens[++index]!
    if (term.kind === 'mark' || term.kind === 'end') throw unexpected(term)
    ;(token.text === '-' ? unwanted : optional).push(readTerm(term))
  }
  const regexes = tokens.filter(({ kind }) => kind === 'regex').length
  return new TermsPattern(wanted, unwanted, wanted.length + unwanted.length === 0 ? optional : [], regexes)
}

/** A blank phrase stands for everything (`" "` in the user guide), so it is no text to look for. */
const readTerm = (token: Token<Kind>): Term => {
  if (token.kind === 'regex') return new SearchRegex(token.text.slice(1, -1), token.start)
  const text = token.kind === 'quoted' ? unquoteTerm(token.text) : token.text
  return text.trim() === '' ? '' : text
}

const found = (term: Term, message: string): boolean => (typeof term === 'string' ? message.includes(term) : term.test(message))

class TermsPattern implements FilterPattern {
  readonly kind = 'terms'
  readonly regexes: number
  readonly required: readonly (readonly string[])[]
  readonly #wanted: readonly Term[]
  readonly #unwanted: readonly Term[]
  readonly #optional: readonly Term[]

  constructor(wanted: readonly Term[], unwanted: readonly Term[], optional: readonly Term[], regexes: number) {
    this.#wanted = wanted
    this.#unwanted = unwanted
    this.#optional = optional
    this.regexes = regexes
    const either = optional.map(textsOf)
    const clauses = [...wanted.map(textsOf), either.some(texts => texts.length === 0) ? [] : either.flat()]
    this.required = clauses.filter(texts => texts.length > 0)
  }

  matches({ message }: LogLine): boolean {
    for (const term of this.#wanted) if (!found(term, message)) return false
    for (const term of this.#unwanted) if (found(term, message)) return false
    if (this.#optional.length === 0) return true
    for (const term of this.#optional) if (found(term, message)) return true
    return false
  }

  extract(line: LogLine): ReadonlyMap<string, string> | undefined {
    return this.matches(line) ? NOTHING : undefined
  }

  selector(): undefined {
    return undefined
  }
}

const NOTHING: ReadonlyMap<string, string> = new Map()

const textsOf = (term: Term): readonly string[] => (typeof term !== 'string' ? term.literals : term === '' ? [] : [term])
