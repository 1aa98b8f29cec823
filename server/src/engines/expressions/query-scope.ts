import type { Seconds } from '../../base/time.ts'
import type { Scope } from './call.ts'
import type { Need, StoredQuery } from './program.ts'
import type { Term } from './term.ts'

/** What the queries of one program can name, and what they need. */
export interface Names {
  readonly stored: ReadonlyMap<string, StoredQuery>
  /** Terms of stored metrics and of the expressions that are compiled already. */
  readonly terms: ReadonlyMap<string, Term>
  /** By their text, so that equal ones are one object. */
  readonly needs: Map<string, Need>
}

/** One query's view of the others; keeps what the query uses of them. */
export class QueryScope implements Scope {
  readonly period: Seconds | undefined
  readonly stored: readonly StoredQuery[]
  /** Ids of metrics and expressions. */
  readonly referred = new Set<string>()
  readonly needs = new Set<Need>()
  readonly #names: Names

  constructor(names: Names, period: Seconds | undefined) {
    this.#names = names
    this.period = period
    this.stored = [...names.stored.values()]
  }

  metric(id: string): StoredQuery | undefined {
    return this.#names.stored.get(id)
  }

  refer(id: string): Term | undefined {
    const term = this.#names.terms.get(id)
    if (term !== undefined) this.referred.add(id)
    return term
  }

  need<Kind extends Need>(need: Kind): Kind {
    const key = JSON.stringify(need)
    const known = (this.#names.needs.get(key) as Kind | undefined) ?? need
    this.#names.needs.set(key, known)
    this.needs.add(known)
    return known
  }
}
