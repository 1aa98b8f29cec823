import { RE2JS, RE2JSException } from 're2js'
import { PromqlError } from './promql-error.ts'

/** What a match of the whole text found in a group; undefined: no such group. */
type Groups = (name: string) => string | undefined

/**
 * A regular expression of a query, in RE2's syntax; it has to match the whole text, and `.` is any character. A match takes time
 * linear in the text, and there is a bound on how much one query may spend on them.
 */
export class Pattern {
  readonly #words: ReadonlySet<string> | undefined
  readonly #expression: RE2JS
  #work = 0

  /** Throws `PatternError`. */
  constructor(text: string) {
    this.#words = alternatives(text)
    if (this.#words === undefined && text.length > LENGTH_LIMIT) throw new PatternError(`longer than ${LENGTH_LIMIT} characters`)
    this.#expression = compiled(this.#words === undefined ? text : '')
  }

  matches(text: string): boolean {
    if (this.#words !== undefined) return this.#words.has(text)
    this.#charge(text)
    return this.#expression.matches(text)
  }

  /** Undefined: no match. */
  groups(text: string): Groups | undefined {
    if (this.#words !== undefined) return this.#words.has(text) ? name => (name === '0' ? text : undefined) : undefined
    this.#charge(text)
    const match = this.#expression.matcher(text)
    if (!match.matches()) return undefined
    const names = this.#expression.namedGroups()
    return name => {
      const group = /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined
      return group === undefined || group > match.groupCount() ? undefined : (match.group(group) ?? undefined)
    }
  }

  #charge(text: string): void {
    this.#work += (text.length + 1) * this.#expression.programSize()
    if (this.#work > WORK_LIMIT) throw new PromqlError('a regular expression takes too long on these series')
  }
}

/** Not a regular expression. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** Lists of names may be longer: what dashboards write for chosen values is not compiled. */
const LENGTH_LIMIT = 1000
/** Steps of the automaton; the slowest are some 10 ns each. */
const WORK_LIMIT = 100_000_000

const compiled = (text: string): RE2JS => {
  try {
    return RE2JS.compile(text, RE2JS.DOTALL)
  } catch (error) {
    if (error instanceof RE2JSException) throw new PatternError(error.message)
    throw error
  }
}

/** The texts that `a|b\.c|d` matches; undefined: it is more than a list of texts. */
const alternatives = (text: string): ReadonlySet<string> | undefined => {
  if (!LITERALS.test(text)) return undefined
  const words = ['']
  for (const [, escaped, bar, plain] of text.matchAll(/\\(.)|(\|)|([^\\|]+)/g)) {
    if (bar !== undefined) words.push('')
    else words[words.length - 1] += (escaped ?? plain)!
  }
  return new Set(words)
}

const LITERALS = /^(?:[\w\-:/@ ,=#<>!%&~'";|]|\\[.+*?()|[\]{}^$\\/-])*$/
