import type { Verdict } from '../../engines/alarms/decide.ts'
import { evaluate, explain, judge, type Change } from '../../engines/alarms/evaluate.ts'
import type { EpochSeconds } from '../../base/time.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'
import { conclude, lastSeen, passed, type Finding, type Subject } from './finding.ts'
import type { SeenWindow, WindowPlan } from './kinds/plan.ts'
import { NetChange } from './net-change.ts'
import type { Watch } from './watch.ts'

/** Alarms whose verdict follows from their window alone: of several missed instants only the telling ones are looked at. */
export const judgeRecalled = (watch: Watch, plan: WindowPlan, instant: EpochSeconds, read: () => void): Finding | 'unchanged' | 'elsewhere' => {
  const { record } = watch
  if (instant - watch.seen === plan.cadence && !watch.lived.again(instant)) {
    read()
    const window = plan.recall(instant)
    if (window === undefined) return 'elsewhere'
    const { evaluation } = window
    const outcome = evaluation === 'EVALUATION_ERROR' ? undefined : evaluate(plan.rule, window, record.state.value)
    const change = outcome?.kind === 'change' ? outcome : undefined
    if (change === undefined && evaluation === record.state.evaluation) return passed(watch, instant)
    return conclude({ watch, record, instant }, { change, step: undefined, evaluation })
  }
  const subject = { watch, record, instant }
  const search = searchOf(subject, plan.cadence)
  let { evaluation } = record.state
  for (let at = search.next(); at !== undefined; at = search.next()) {
    read()
    const window = plan.recall(at)
    if (window === undefined) {
      // The change is found, only since when is not: it is at least as old as memory.
      if (search.change !== undefined) break
      return 'elsewhere'
    }
    if (at === instant) ({ evaluation } = window)
    search.tell(news(subject, plan, at, window))
  }
  const { change } = search
  return conclude(subject, { change: change && explain(plan.rule, plan.recall(change.instant)!, change.state), step: undefined, evaluation })
}

/** The same with the store's help. Missed instants are taken a period apart at least: every one is a query. */
export const judgeFetched = async (subject: Subject, plan: WindowPlan): Promise<Finding | 'unchanged'> => {
  const search = searchOf(subject, plan.coarse)
  let { evaluation } = subject.record.state
  let found: Change | undefined
  for (let at = search.next(); at !== undefined; at = search.next()) {
    const window = await plan.fetch(at)
    if (at === subject.instant) ({ evaluation } = window)
    search.tell(news(subject, plan, at, window))
    if (search.change?.instant === at) found = explained(plan, window, search.change.state)
  }
  return conclude(subject, { change: found, step: undefined, evaluation })
}

const searchOf = (subject: Subject, step: number): NetChange =>
  new NetChange(subject.record.state.value, lastSeen(subject), subject.instant, step)

const explained = (plan: WindowPlan, window: SeenWindow, state: AlarmStateValue): Change =>
  window.problem === undefined ? explain(plan.rule, window, state) : { kind: 'change', state, points: [], problem: window.problem }

/** The verdict, unless the instant was lived through before and it is the same again. */
const news = ({ watch, record }: Subject, plan: WindowPlan, at: EpochSeconds, window: SeenWindow): Verdict => {
  if (window.evaluation === 'EVALUATION_ERROR' && window.problem === undefined) return 'keep'
  const verdict = window.problem === undefined ? judge(plan.rule, window) : 'INSUFFICIENT_DATA'
  return verdict !== 'keep' && watch.lived.repeats(at, verdict, record.state.value) ? 'keep' : verdict
}
