import type { Dimension, Unit } from '../model/metric.ts'

/** One value that a collector read; the round that called it gives the time. */
export interface Reading {
  readonly name: string
  readonly unit: Unit
  readonly value: number
  readonly dimensions: readonly Dimension[]
}

/**
 * Something that can be asked for readings, round after round. Counters are answered as what was added since the round
 * before, so the first round answers none of them. A part that cannot be read is left out; it never fails the others.
 */
export interface Collector {
  readonly name: string
  /** CloudWatch namespace of its metrics. */
  readonly namespace: string
  collect(): Promise<readonly Reading[]>
}
