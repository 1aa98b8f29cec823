import type { EpochMillis } from '../../base/time.ts'
import type { AlarmRecord, AlarmState, CompositeAlarm, RecordOf, Transition } from '../../model/alarm.ts'
import { asItWas, formerState, type ActionContext, type ActionPlanner } from '../alarms/actions.ts'
import { transitionTo } from '../alarms/transition.ts'
import { hold, isOver, type SuppressorEvent } from './suppressor.ts'

type Composite = RecordOf<CompositeAlarm>

/** What decides over a composite's actions besides its own record. */
export interface StepContext extends ActionContext {
  readonly suppressorInAlarm: boolean
}

/** The step to another value; actions are held where a suppressor wants it, and run otherwise. */
export const stepTo = (previous: Composite, state: AlarmState, context: StepContext, planner: ActionPlanner): Transition => {
  const now = state.updatedAt
  const event: SuppressorEvent = { kind: 'changed', former: formerState(previous) }
  const { suppression } = hold(holding(previous, context), event, now)
  return transitionTo(previous, withSuppression(state, suppression), { ...context, suppression }, planner)
}

/**
 * What time and the suppressor call for, undefined for nothing: a step without another value. Held actions that are due run as
 * the change from what the alarm was when they were held.
 */
export const suppressorStep = (
  previous: Composite,
  event: Exclude<SuppressorEvent, { readonly kind: 'changed' }>,
  context: StepContext,
  planner: ActionPlanner,
  now: EpochMillis,
): Transition | undefined => {
  const before = previous.state.suppression
  const { suppression, run } = hold(holding(previous, context), event, now)
  // What runs has been held, and is held no longer.
  if (suppression === before) return undefined
  const plan = run === undefined ? undefined : planner.plan(previous, asItWas(previous, run), { ...context, at: now })
  const state: AlarmState = { ...withSuppression(previous.state, suppression), updatedAt: now, ...(plan?.muted === undefined ? {} : { muted: plan.muted }) }
  return {
    record: { alarm: previous.alarm, state },
    basedOn: previous.state,
    history: plan?.history ?? [],
    publications: plan?.publications ?? [],
  }
}

/** What a suppressor's state calls for now, if anything: the period that is over first. */
export const suppressorEvent = (
  { alarm, state: { suppression } }: Composite,
  suppressorInAlarm: boolean,
  now: EpochMillis,
): Exclude<SuppressorEvent, { readonly kind: 'changed' }> | undefined => {
  if (isOver(suppression, now)) return { kind: 'time' }
  if (alarm.suppressor === undefined) return suppression === undefined ? undefined : { kind: 'redefined' }
  return suppressorInAlarm === (suppression?.by === 'Alarm') ? undefined : { kind: 'suppressor' }
}

export const isComposite = (record: AlarmRecord): record is Composite => record.alarm.kind === 'composite'

const holding = ({ alarm, state }: Composite, { suppressorInAlarm }: StepContext) =>
  ({ suppressor: alarm.suppressor, suppression: state.suppression, suppressorInAlarm })

const withSuppression = (state: AlarmState, suppression: AlarmState['suppression']): AlarmState => {
  const { suppression: _, ...rest } = state
  return suppression === undefined ? rest : { ...rest, suppression }
}
