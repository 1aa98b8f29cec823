import type { EpochMillis } from '../../base/time.ts'
import type { AlarmContributor, AlarmHistoryItem, AlarmRecord, AlarmState, Transition } from '../../model/alarm.ts'
import type { Publication } from '../../model/notification.ts'
import type { ActionContext, ActionPlanner } from '../alarms/actions.ts'
import { stateUpdateItem } from '../alarms/history.ts'
import { nextState, transitionTo } from '../alarms/transition.ts'
import { turnsFrom, type Step, type Turn } from './step.ts'

/**
 * The step of an alarm with contributors, from `previous` and the contributors `before`: each that turned has its history and
 * its actions, and the alarm as a whole has its own where its state is another one.
 */
export const stepTransition = (
  previous: AlarmRecord,
  before: readonly AlarmContributor[],
  step: Step,
  at: EpochMillis,
  context: ActionContext,
  planner: ActionPlanner,
): Transition => {
  const whole: Transition =
    step.value === previous.state.value
      ? { record: previous, history: [], publications: [] }
      : transitionTo(previous, nextState(previous.state, step.value, step.reason, undefined, at), { ...context, whole: true }, planner)
  let { record } = whole
  const history: AlarmHistoryItem[] = [...whole.history]
  const publications: Publication[] = [...whole.publications]
  for (const { contributor, was, is } of turnedContributors(previous, before, step, at)) {
    const plan = planner.plan(is, was, { ...context, contributor })
    history.push(stateUpdateItem(previous.alarm, was.state, is.state, contributor), ...plan.history)
    publications.push(...plan.publications)
    if (plan.muted !== undefined && record.state.muted === undefined) record = { ...record, state: { ...record.state, muted: plan.muted } }
  }
  return { record, history, publications, contributors: step.contributors }
}

/** A contributor that turned, and the alarm's record before and after as if the contributor's states were its own. */
export interface TurnedContributor {
  readonly contributor: AlarmContributor
  readonly was: AlarmRecord
  readonly is: AlarmRecord
}

export const turnedContributors = (
  { alarm }: AlarmRecord,
  before: readonly AlarmContributor[],
  step: Step,
  at: EpochMillis,
): readonly TurnedContributor[] =>
  turnsFrom(before, step).map(turn => ({
    contributor: turn.to,
    was: { alarm, state: formerState(turn, before, at) },
    is: { alarm, state: ownState(turn.to, at) },
  }))

/** A contributor's state in the words of an alarm's. */
const ownState = ({ value, reason }: AlarmContributor, at: EpochMillis): AlarmState => ({
  value, reason, reasonData: undefined, updatedAt: at, transitionedAt: at,
})

const formerState = ({ from, to }: Turn, before: readonly AlarmContributor[], at: EpochMillis): AlarmState => {
  const known = before.find(({ id }) => id === to.id)
  return { ...ownState({ ...to, value: from, reason: known?.reason ?? '' }, at), transitionedAt: known?.transitionedAt ?? at }
}
