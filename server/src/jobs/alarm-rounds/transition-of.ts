import type { EpochMillis } from '../../base/time.ts'
import type { ActionContext, ActionPlanner } from '../../engines/alarms/actions.ts'
import { changedState, transitionTo } from '../../engines/alarms/transition.ts'
import { stepTransition } from '../../engines/contributors/transition.ts'
import type { AlarmRecord, EvaluationState, ThresholdAlarm, Transition } from '../../model/alarm.ts'
import type { Finding } from './finding.ts'

/** Explains a finding: the state that it leads to, with the history and the messages of the way there. */
export const transitionOf = (finding: Finding, now: EpochMillis, context: ActionContext, planner: ActionPlanner): Transition => {
  const { previous, contributors, change, step, evaluation } = finding
  const transition =
    step !== undefined ? stepTransition(previous, contributors, step, now, context, planner)
    : change !== undefined ? transitionTo(previous, changedState(previous.alarm as ThresholdAlarm, previous.state, change, now), context, planner)
    : { record: previous, history: [], publications: [] }
  return { ...transition, record: evaluated(transition.record, previous, evaluation, now) }
}

/** How well the alarm could be evaluated is part of its state; a change of it alone has neither history nor actions. */
const evaluated = (record: AlarmRecord, previous: AlarmRecord, evaluation: EvaluationState | undefined, now: EpochMillis): AlarmRecord => {
  const { evaluation: _, ...state } = record.state
  if (evaluation === undefined && record.state.evaluation === undefined && previous.state.evaluation === undefined) return record
  const updatedAt = evaluation === previous.state.evaluation ? state.updatedAt : now
  return { ...record, state: { ...state, updatedAt, ...(evaluation === undefined ? {} : { evaluation }) } }
}
