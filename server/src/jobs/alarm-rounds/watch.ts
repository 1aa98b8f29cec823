import { instantAt } from '../../engines/alarms/schedule.ts'
import { epochSeconds, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { warmingUp, type WarmingUp } from '../../engines/alarms/warm-up.ts'
import type { AlarmContributor, AlarmRecord } from '../../model/alarm.ts'
import type { EvaluationPlan } from './kinds/plan.ts'
import { Lived } from './lived.ts'

/**
 * How far back missed evaluations are made up for, in seconds. As far as memory reaches, and far longer than what anybody
 * would still want to be woken for; hourly ones: a day.
 */
export const missedFor = (cadence: number): number => (cadence >= 3600 ? 24 * 3600 : 3 * 3600)

/** An alarm under watch: its committed state, and how far it has been evaluated. */
export class Watch {
  readonly plan: EvaluationPlan
  /** As committed. */
  record: AlarmRecord
  /** Undefined: it is judged. */
  warming: WarmingUp | undefined
  /** As committed: those in ALARM or turning. */
  contributors: readonly AlarmContributor[]
  /** The last evaluated instant. */
  seen: EpochSeconds
  /** The last one whose outcome is committed; behind `seen` while a transition is on its way. */
  settled: EpochSeconds
  /** What it went through, for a clock that is set back. */
  lived: Lived
  /** A transition of it is being committed, or its window is being fetched: nobody else touches it. */
  busy = false
  /** Its alarm was deleted, or is watched by another watch since its definition changed. */
  retired = false

  constructor(record: AlarmRecord, plan: EvaluationPlan, seen: EpochSeconds, contributors: readonly AlarmContributor[] = []) {
    this.record = record
    this.warming = warmingUp(record)
    this.plan = plan
    this.seen = seen
    this.settled = seen
    this.lived = new Lived(seen)
    this.contributors = contributors
  }

  /**
   * The clock was set back behind what was evaluated: goes on from the instant. What was lived through is remembered as far as
   * missed evaluations are made up for; a clock that was further ahead was wrong altogether, and must not mute anything for so long.
   */
  rewind(instant: EpochSeconds): void {
    if (this.seen - instant > missedFor(this.plan.cadence)) this.lived = new Lived(instant)
    this.seen = instant
    this.settled = instant
  }
}

/** A new alarm is due at once: the instant before the current one counts as seen. */
export const seenWhenNew = (cadence: number, now: EpochMillis): EpochSeconds => epochSeconds(instantAt(cadence, toSeconds(now)) - cadence)
