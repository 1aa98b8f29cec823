import type { EpochSeconds } from '../../base/time.ts'
import { sameContributors, turnsFrom, type Followed, type Step } from '../../engines/contributors/step.ts'
import type { AlarmContributor, EvaluationState } from '../../model/alarm.ts'
import { conclude, missedInstants, type Finding, type Subject } from './finding.ts'
import type { ContributorPlan, SeenStep } from './kinds/plan.ts'

/** Alarms with contributors: what each becomes depends on what it was, so missed instants are gone through one by one. */
export const followRecalled = (subject: Subject, plan: ContributorPlan, read: () => void): Finding | 'unchanged' | 'elsewhere' => {
  const path = new Path(subject)
  for (const at of missedInstants(subject, plan.cadence)) {
    read()
    const seen = plan.recall(at)
    if (seen === undefined) return 'elsewhere'
    path.take(at, seen)
  }
  return path.end()
}

/** The newest missed instants that are gone through though no more of them matter: a short stop leaves no trace at all. */
const REPLAYED = 30

/**
 * The same with the store's help. As every instant is a query, they are further apart, and after a long stop only those are
 * asked for that settle what contributors are now: what came and went meanwhile is not told of.
 */
export const followFetched = async (subject: Subject, plan: ContributorPlan): Promise<Finding | 'unchanged'> => {
  const path = new Path(subject)
  const settling = Math.ceil(plan.reach / plan.coarse) + 1
  for (const at of missedInstants(subject, plan.coarse).slice(-Math.max(REPLAYED, settling))) path.take(at, await plan.fetch(at))
  return path.end()
}

class Path {
  readonly #subject: Subject
  readonly #before: readonly AlarmContributor[]
  #followed: Followed
  #step: Step | undefined
  #evaluation: EvaluationState | undefined

  constructor(subject: Subject) {
    this.#subject = subject
    this.#before = subject.watch.contributors
    this.#followed = { contributors: this.#before, ended: [] }
  }

  take(at: EpochSeconds, seen: SeenStep): void {
    const { watch, record } = this.#subject
    this.#evaluation = seen.evaluation
    const step = seen.step?.(this.#followed)
    // Lived through before, and the same again.
    if (step === undefined || watch.lived.repeats(at, step.value, record.state.value)) return
    this.#followed = step
    this.#step = step
    if (step.partial) this.#evaluation = 'PARTIAL_DATA'
  }

  end(): Finding | 'unchanged' {
    const step = this.#step
    const news = step !== undefined &&
      (step.value !== this.#subject.record.state.value || turnsFrom(this.#before, step).length > 0 || !sameContributors(this.#before, step.contributors))
    return conclude(this.#subject, { change: undefined, step: news ? step : undefined, evaluation: this.#evaluation })
  }
}
