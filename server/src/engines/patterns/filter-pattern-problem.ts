/** What is wrong: a term that holds a character it must not, the shape of the whole, or something for which AWS has a sentence. */
type Cause = { readonly term: string; readonly at: number } | { readonly says: string; readonly at: number } | { readonly reason: string; readonly at: number }

/** Why a pattern is refused. */
export class FilterPatternProblem extends Error {
  override readonly name = 'FilterPatternProblem'
  readonly #cause: Cause

  constructor(cause: Cause) {
    super('says' in cause ? cause.says : 'term' in cause ? `Invalid character(s) in term '${cause.term}'` : `Invalid filter pattern: ${cause.reason}`)
    this.#cause = cause
  }

  /** Offset in UTF-16 code units, from 0. */
  get at(): number {
    return this.#cause.at
  }

  /** The sentence of the operations of metric filters: they say `Invalid metric filter pattern`, the others `Invalid filter pattern`. */
  get metricFilterMessage(): string {
    return 'says' in this.#cause || 'term' in this.#cause ? this.message : `Invalid metric filter pattern: ${this.#cause.reason}`
  }
}
