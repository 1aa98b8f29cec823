import { RE2JS, RE2JSException } from 're2js'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { literalsOf, regexItems } from './regex-literals.ts'

/** A `%…%`: found anywhere in a text, in time linear in it. */
export class SearchRegex {
  /** Of these texts, every text in which it is found contains at least one; empty: nothing is known. */
  readonly literals: readonly string[]
  readonly #expression: RE2JS
  readonly #plain: string | undefined

  /** `source` is what stands between the two `%`; `at` says where. Throws `FilterPatternProblem`. */
  constructor(source: string, at: number) {
    checkCharacters(source, at)
    this.#plain = PLAIN.test(source) ? source : undefined
    this.literals = literalsOf(source)
    this.#expression = compiled(source, at)
  }

  test(text: string): boolean {
    return this.#plain === undefined ? this.#expression.test(text) : text.includes(this.#plain)
  }
}

/**
 * Letters, digits, `:_#=@/;,-`, operators, and the space that AWS's examples have. Escapes are `\d \s \w` with their opposites,
 * `\xhh` and any of the characters above.
 */
const ALLOWED = /(?:[A-Za-z0-9:_#=@/;,\-^$?[\]{}|*+. ]|\\(?:[dDsSwW:_#=@/;,\-^$?[\]{}|\\*+. ]|x[0-9A-Fa-f]{2}))*/y

const checkCharacters = (source: string, at: number): void => {
  ALLOWED.lastIndex = 0
  const good = ALLOWED.exec(source)![0].length
  if (good < source.length) throw new FilterPatternProblem({ term: `%${source.slice(0, good + (source[good] === '\\' ? 2 : 1))}`, at })
}

const PLAIN = /^[A-Za-z0-9:_#=@/;,\- ]+$/

const compiled = (source: string, at: number): RE2JS => {
  // RE2 takes `{,3}` for text, AWS for at most three.
  const re2 = regexItems(source).map(item => (item.startsWith('{,') ? `{0${item.slice(1)}` : item)).join('')
  try {
    return RE2JS.compile(re2, RE2JS.DOTALL)
  } catch (error) {
    if (error instanceof RE2JSException) throw new FilterPatternProblem({ reason: error.message, at })
    throw error
  }
}
