import type { Call } from '../call.ts'
import type { Example } from '../example.ts'
import type { Shape } from '../program.ts'
import type { Term } from '../term.ts'

/** What an argument may be: a value of that shape, a string, a list of strings, a number as written, the Id of a metric or of anything. */
export type Accepted = Shape | 'string' | 'strings' | 'number' | 'metric' | 'id'

export interface Parameter {
  readonly name: string
  readonly takes: readonly Accepted[]
  /** Bare words that it may be instead. */
  readonly words?: readonly string[]
  readonly optional?: true
  /** The last one only: that many more of its kind may follow. */
  readonly repeats?: number
}

export const GROUPS = ['arithmetic', 'statistics', 'series', 'lists', 'time', 'conditions', 'sources'] as const
export type Group = (typeof GROUPS)[number]

/** What a file of this folder exports: one function of the language, with its own help. */
export interface MathFunction {
  readonly name: string
  readonly group: Group
  readonly parameters: readonly Parameter[]
  /** The shapes of results, as the reference page shows them. */
  readonly yields: string
  readonly doc: string
  /** Where it does something else than AWS's, for docs/fidelity.md. */
  readonly differs?: string
  readonly examples: readonly Example[]
  /** Called with arguments that fit the parameters. */
  bind(call: Call): Term
}
