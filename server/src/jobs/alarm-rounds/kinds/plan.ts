import type { EpochSeconds } from '../../../base/time.ts'
import type { EvaluationWindow, Rule } from '../../../engines/alarms/evaluate.ts'
import type { Followed, Step } from '../../../engines/contributors/step.ts'
import type { EvaluationState } from '../../../model/alarm.ts'

/**
 * What evaluating one alarm takes, compiled once from its definition. Every kind of alarm has a file of its own beside this
 * one, and is one of two shapes: one window that is judged, or several series that each have a state of their own.
 *
 * `recall` reads from memory; undefined: memory does not hold what it takes. `fetch` answers the same from memory and store.
 */
export type EvaluationPlan = WindowPlan | ContributorPlan

interface Timing {
  /** Seconds between evaluations, which lie on its multiples. */
  readonly cadence: number
  /** Missed instants are looked at so far apart where each costs queries. */
  readonly coarse: number
  /** Its evaluation takes seconds rather than milliseconds: it waits for others of its kind alone. */
  readonly lengthy?: boolean
}

export interface WindowPlan extends Timing {
  readonly shape: 'window'
  readonly rule: Rule
  recall(instant: EpochSeconds): SeenWindow | undefined
  fetch(instant: EpochSeconds): Promise<SeenWindow>
}

export interface ContributorPlan extends Timing {
  readonly shape: 'contributors'
  /** So many seconds of instants settle what contributors are, whatever they were before. */
  readonly reach: number
  recall(instant: EpochSeconds): SeenStep | undefined
  fetch(instant: EpochSeconds): Promise<SeenStep>
}

/** The evaluation range as data has it. It may be shared: it is valid until the next one is read. */
export interface SeenWindow extends EvaluationWindow {
  /** EVALUATION_ERROR: the window says nothing, and the state is kept. */
  evaluation: EvaluationState | undefined
  /** With EVALUATION_ERROR: what is wrong. The state is then not kept, but insufficient data. */
  readonly problem?: string
}

/** What the series at an instant make of what was followed before. */
export interface SeenStep {
  readonly evaluation: EvaluationState | undefined
  /** Undefined with EVALUATION_ERROR: everything is kept. */
  readonly step: ((before: Followed) => Step) | undefined
  /** Data fill the windows of all series; absent: there are none to fill. */
  readonly filled?: boolean
}
