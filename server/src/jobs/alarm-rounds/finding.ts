import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import type { Change } from '../../engines/alarms/evaluate.ts'
import type { Step } from '../../engines/contributors/step.ts'
import type { AlarmContributor, AlarmRecord, EvaluationState } from '../../model/alarm.ts'
import { missedFor, type Watch } from './watch.ts'

/** What is new of an alarm. With neither a change nor a step only how well it could be evaluated is. */
interface News {
  /** Of alarms with one window: the state is another one. */
  readonly change: Change | undefined
  /** Of alarms with contributors: something about them or about the whole is another. */
  readonly step: Step | undefined
  readonly evaluation: EvaluationState | undefined
}

/** News that an evaluation has found and that are not committed yet. */
export interface Finding extends News {
  readonly watch: Watch
  /** As the alarm was when it was evaluated. */
  readonly previous: AlarmRecord
  readonly contributors: readonly AlarmContributor[]
}

/** An alarm as it is when its evaluation begins; the watch may be told of changes while the store is asked. */
export interface Subject {
  readonly watch: Watch
  readonly record: AlarmRecord
  readonly instant: EpochSeconds
}

/** The last instant that needs no look any more: evaluated, or too long ago. */
export const lastSeen = ({ watch, instant }: Subject): EpochSeconds =>
  epochSeconds(Math.max(watch.seen, instant - missedFor(watch.plan.cadence)))

/** Oldest first, the newest of all at the end. */
export const missedInstants = (subject: Subject, step: number): readonly EpochSeconds[] => {
  const missed = Math.max(1, Math.ceil((subject.instant - lastSeen(subject)) / step))
  return Array.from({ length: missed }, (_, k) => epochSeconds(subject.instant - (missed - 1 - k) * step))
}

/** The evaluation has taken place: the alarm is busy until its news are committed. */
export const conclude = ({ watch, record, instant }: Subject, news: News): Finding | 'unchanged' => {
  if (news.change === undefined && news.step === undefined && news.evaluation === record.state.evaluation) return passed(watch, instant)
  seen(watch, instant)
  return found(watch, record, news)
}

/** The evaluation has taken place, and nothing is new. */
export const passed = (watch: Watch, instant: EpochSeconds): 'unchanged' => {
  seen(watch, instant)
  watch.settled = watch.seen
  return 'unchanged'
}

const seen = (watch: Watch, instant: EpochSeconds): void => {
  // Somebody may have set the state while the window was being fetched, for the time after this instant.
  if (instant > watch.seen) watch.seen = instant
  watch.lived.passed(instant)
}

/** The evaluation could not take place, and will be tried again: the first time, that is news. */
export const failed = ({ watch, record }: Subject): Finding | 'unchanged' =>
  record.state.evaluation === 'EVALUATION_FAILURE' || watch.record !== record
    ? 'unchanged'
    : found(watch, record, { change: undefined, step: undefined, evaluation: 'EVALUATION_FAILURE' })

const found = (watch: Watch, previous: AlarmRecord, { change, step, evaluation }: News): Finding => {
  watch.busy = true
  return { watch, previous, contributors: watch.contributors, change, step, evaluation }
}
