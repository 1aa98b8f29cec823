import type { EpochMillis, EpochSeconds } from '../../base/time.ts'
import type { Verdict } from '../alarms/decide.ts'
import type { AlarmStateValue, EvaluationState } from '../../model/alarm.ts'

/** Why an alarm was what it was at one instant. */
export interface Explanation {
  /** When it was evaluated; of a composite alarm, the instant asked for. */
  readonly instant: EpochSeconds
  /** What the evaluation called for; `keep`: whatever it was before. */
  readonly verdict: Verdict
  /** Which rule decided. */
  readonly decidedBy: Deciding
  /** The same in a sentence. */
  readonly because: string
  /** The state that the history has for then; undefined: it was not there yet, or its history is over. */
  readonly stateThen: StateThen | undefined
  readonly evaluation: EvaluationState | undefined
  /** Alarms over periods: the evaluation range, newest first. */
  readonly points: readonly ExplainedPoint[]
  /** Alarms over several series: each of them. */
  readonly contributors: readonly ExplainedContributor[]
  /** Composite alarms. */
  readonly rule: ExplainedNode | undefined
}

export type Deciding =
  | 'newest-datapoints' | 'missing-data-treatment' | 'enough-breaching' | 'any-fine' | 'no-data' | 'premature' | 'old-enough' | 'low-samples'
  | 'contributors' | 'rule' | 'evaluation-error' | 'warm-up'

export interface StateThen {
  readonly value: AlarmStateValue
  readonly since: EpochMillis | undefined
  readonly reason: string | undefined
}

export interface ExplainedPoint {
  readonly at: EpochSeconds
  readonly value: number | undefined
  readonly samples: number | undefined
  readonly lower: number | undefined
  readonly upper: number | undefined
  readonly finding: 'breaching' | 'fine' | 'missing'
  /** Whether it had a say: with enough newer datapoints older ones have none, nor have gaps that no datapoint has to stand in for. */
  readonly considered: boolean
}

export interface ExplainedContributor {
  readonly attributes: Readonly<Record<string, string>>
  readonly value: 'OK' | 'ALARM' | 'pending'
  readonly because: string
}

/** A node of a composite alarm's rule. */
export interface ExplainedNode {
  /** The part of the rule's text. */
  readonly text: string
  readonly value: boolean
  readonly alarms: readonly { readonly alarm: string; readonly state: AlarmStateValue | undefined; readonly counts: boolean }[]
  readonly operands: readonly ExplainedNode[]
}
