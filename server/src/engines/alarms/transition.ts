import type { EpochMillis } from '../../base/time.ts'
import type { Alarm, AlarmRecord, AlarmState, AlarmStateValue, Transition } from '../../model/alarm.ts'
import type { ActionPlanner } from './actions.ts'
import type { Change } from './evaluate.ts'
import type { Tags } from './facts.ts'
import { stateUpdateItem } from './history.ts'
import { stateReasonData } from './reason-data.ts'
import { stateReason } from './reason.ts'

/** The state that an evaluation has found, explained. `at` is when it was evaluated. */
export const changedState = (alarm: Alarm, previous: AlarmState, change: Change, at: EpochMillis): AlarmState =>
  nextState(previous, change.state, stateReason(alarm, change), stateReasonData(alarm, change.points, at), at)

/** A new state after `previous`; its transition is only dated anew when the value is another one. */
export const nextState = (
  previous: AlarmState,
  value: AlarmStateValue,
  reason: string,
  reasonData: string | undefined,
  at: EpochMillis,
): AlarmState => ({ value, reason, reasonData, updatedAt: at, transitionedAt: value === previous.value ? previous.transitionedAt : at })

/** The step from `previous` to `state` with everything that must be committed with it. */
export const transitionTo = (
  previous: AlarmRecord,
  state: AlarmState,
  tags: Tags,
  missingTopics: ReadonlySet<string>,
  planner: ActionPlanner,
): Transition => {
  const record: AlarmRecord = { alarm: previous.alarm, state }
  const { history, publications } = planner.plan(record, previous, tags, missingTopics)
  return { record, history: [stateUpdateItem(record.alarm, previous.state, state), ...history], publications }
}
