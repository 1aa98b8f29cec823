import type { Seconds } from '../../base/time.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import type { Need, StoredQuery } from './program.ts'
import type { ListTerm, ScalarTerm, SeriesTerm, Term } from './term.ts'

/** An argument that has been checked against its parameter. */
export type Argument = { readonly start: number } & (
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'id'; readonly id: string; readonly stored: StoredQuery | undefined }
)

/** What a function may know of the query that it stands in. */
export interface Scope {
  /** All metrics of the request. */
  readonly stored: readonly StoredQuery[]
  /** Of the query. */
  readonly period: Seconds | undefined
  metric(id: string): StoredQuery | undefined
  /** The term of what has that Id. */
  refer(id: string): Term | undefined
  /** Registers what has to be fetched; equal ones become one. */
  need<Kind extends Need>(need: Kind): Kind
}

/** A function at its place in an expression. The accessors answer arguments as the function's parameters promise them. */
export class Call {
  /** As written. */
  readonly source: string
  readonly scope: Scope
  readonly #args: readonly Argument[]

  constructor(source: string, scope: Scope, args: readonly Argument[]) {
    this.source = source
    this.scope = scope
    this.#args = args
  }

  get count(): number {
    return this.#args.length
  }

  scalar(index: number): ScalarTerm {
    return this.#shaped(index, 'scalar')
  }

  series(index: number): SeriesTerm {
    return this.#shaped(index, 'series')
  }

  list(index: number): ListTerm {
    return this.#shaped(index, 'list')
  }

  seriesOrList(index: number): SeriesTerm | ListTerm {
    return this.#shaped(index, 'series', 'list')
  }

  scalarOrSeries(index: number): ScalarTerm | SeriesTerm {
    return this.#shaped(index, 'scalar', 'series')
  }

  text(index: number): string {
    return this.#of(index, 'text').text
  }

  number(index: number): number {
    return this.#of(index, 'number').number
  }

  id(index: number): { readonly id: string; readonly stored: StoredQuery | undefined } {
    return this.#of(index, 'id')
  }

  /** Undefined: the argument is something else. */
  word(index: number): string | undefined {
    const argument = this.#args[index]
    return argument?.kind === 'word' ? argument.word : undefined
  }

  argument(index: number): Argument {
    return this.#args[index]!
  }

  /** To be thrown. */
  problem(index: number, message: string): SyntaxProblem {
    return new SyntaxProblem(message, this.#args[index]?.start ?? 0)
  }

  #of<Kind extends Argument['kind']>(index: number, kind: Kind): Extract<Argument, { kind: Kind }> {
    const argument = this.#args[index]
    if (argument?.kind !== kind) throw new TypeError(`argument ${index} of ${this.source} is no ${kind}`)
    return argument as Extract<Argument, { kind: Kind }>
  }

  #shaped<Wanted extends Term['shape']>(index: number, ...shapes: readonly Wanted[]): Extract<Term, { shape: Wanted }> {
    const { term } = this.#of(index, 'term')
    if (!(shapes as readonly string[]).includes(term.shape)) throw new TypeError(`argument ${index} of ${this.source} is a ${term.shape}`)
    return term as Extract<Term, { shape: Wanted }>
  }
}
