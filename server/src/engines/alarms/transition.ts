import type { EpochMillis } from '../../base/time.ts'
import type { AlarmRecord, AlarmState, AlarmStateValue, ThresholdAlarm, Transition } from '../../model/alarm.ts'
import type { ActionContext, ActionPlanner } from './actions.ts'
import type { Change } from './evaluate.ts'
import { stateUpdateItem } from './history.ts'
import { stateReasonData } from './reason-data.ts'
import { stateReason } from './reason.ts'

/** The state that an evaluation over periods has found, explained. `at` is when it was evaluated. */
export const changedState = (alarm: ThresholdAlarm, previous: AlarmState, change: Change, at: EpochMillis): AlarmState =>
  nextState(previous, change.state, stateReason(alarm, change), stateReasonData(alarm, change.points, at), at)

/** A new state after `previous`. With the same value its transition is not dated anew, and what holds its actions back goes on. */
export const nextState = (
  previous: AlarmState,
  value: AlarmStateValue,
  reason: string,
  reasonData: string | undefined,
  at: EpochMillis,
): AlarmState => ({
  value,
  reason,
  reasonData,
  updatedAt: at,
  transitionedAt: value === previous.value ? previous.transitionedAt : at,
  ...(value === previous.value && previous.muted !== undefined ? { muted: previous.muted } : {}),
  ...(previous.suppression === undefined ? {} : { suppression: previous.suppression }),
})

/**
 * The step from `previous` to `state` with everything that must be committed with it. Where the actions are muted, the state
 * remembers it.
 */
export const transitionTo = (previous: AlarmRecord, state: AlarmState, context: ActionContext, planner: ActionPlanner): Transition => {
  const { history, publications, muted } = planner.plan({ alarm: previous.alarm, state }, previous, context)
  const record: AlarmRecord = { alarm: previous.alarm, state: muted === undefined ? state : { ...state, muted } }
  return { record, history: [stateUpdateItem(record.alarm, previous.state, state), ...history], publications }
}
