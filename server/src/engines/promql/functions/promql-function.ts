import type { Example } from '../example.ts'
import type { Labels } from '../labels.ts'
import type { Matcher } from '../matcher.ts'
import type { Pattern } from '../pattern.ts'
import type { ValueType, Vector, Window } from '../value.ts'

export const GROUPS = ['values', 'rates', 'windows', 'presence', 'labels', 'order', 'histograms', 'time'] as const
export type Group = (typeof GROUPS)[number]

export interface Parameter {
  readonly name: string
  readonly type: ValueType
  /** Only at the end. */
  readonly optional?: true
  /** Only the last: any number of times, also none. */
  readonly repeats?: true
}

/** The arguments of one call at one instant; each is evaluated when it is asked for. */
export interface Arguments {
  readonly count: number
  /** The instant of the evaluation, in milliseconds since the epoch. */
  readonly at: number
  /** What a selector asks for; undefined: the argument is none. */
  matchers(place: number): readonly Matcher[] | undefined
  scalar(place: number): number
  vector(place: number): Vector
  windows(place: number): readonly Window[]
  /** Of an instant vector: when the samples were taken, in milliseconds; where they are computed, `at`. */
  times(place: number): readonly number[]
  text(place: number): string
  /** A text as a regular expression; made once. */
  pattern(place: number): Pattern
  /** What `derive` makes of a label set, remembered for the next instants. It may look at the labels and at texts only. */
  labels(labels: Labels, derive: (labels: Labels) => Labels): Labels
}

interface Described {
  readonly name: string
  readonly group: Group
  readonly parameters: readonly Parameter[]
  readonly doc: string
  readonly examples: readonly Example[]
  /** What is wrong with the arguments that are texts, in a sentence; in place of the others there is undefined. */
  readonly check?: (texts: readonly (string | undefined)[]) => string | undefined
}

/** A function of PromQL. Answers may repeat a label set: the evaluation refuses that. */
export type PromqlFunction = Described & (
  | { readonly returns: 'scalar'; call(args: Arguments): number }
  | { readonly returns: 'vector'; call(args: Arguments): Vector }
)
