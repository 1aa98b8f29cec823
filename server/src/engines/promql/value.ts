import type { Labels } from './labels.ts'

export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** At most one sample of a label set. */
export type Vector = readonly Sample[]

/** A series as it is stored: parallel, oldest first, times in milliseconds since the epoch. */
export interface SeriesData {
  readonly labels: Labels
  readonly times: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** The samples [from, to) of a series, which are those in (start, end]; never empty. Milliseconds. */
export interface Window extends SeriesData {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

export type Value =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'vector'; readonly vector: Vector }
  | { readonly type: 'matrix'; readonly windows: readonly Window[] }

export type ValueType = Value['type']
