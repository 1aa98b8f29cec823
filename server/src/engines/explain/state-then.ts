import type { AlarmHistoryItem, AlarmState, AlarmStateValue } from '../../model/alarm.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { StateThen } from './explanation.ts'

/**
 * What an alarm was at an instant. `before`: the last change of its state up to then; `after`: the first one later; `now`: its
 * state today. History is kept for two weeks, so that what came before its first row may only be known by value.
 */
export const stateThen = (
  at: EpochMillis,
  before: AlarmHistoryItem | undefined,
  after: AlarmHistoryItem | undefined,
  now: AlarmState | undefined,
): StateThen | undefined => {
  const entered = before && recorded(before, 'newState')
  if (entered !== undefined) return { value: entered.value, since: before!.at, reason: entered.reason }
  const left = after && recorded(after, 'oldState')
  if (left !== undefined) return { value: left.value, since: undefined, reason: left.reason }
  return now === undefined || now.transitionedAt > at ? undefined : { value: now.value, since: now.transitionedAt, reason: now.reason }
}

const VALUES: ReadonlySet<unknown> = new Set<AlarmStateValue>(['OK', 'ALARM', 'INSUFFICIENT_DATA'])

const recorded = ({ data }: AlarmHistoryItem, member: 'oldState' | 'newState'): { readonly value: AlarmStateValue; readonly reason: string | undefined } | undefined => {
  const { stateValue, stateReason } = ((JSON.parse(data) as Readonly<Record<string, unknown>>)[member] ?? {}) as Readonly<Record<string, unknown>>
  if (!VALUES.has(stateValue)) return undefined
  return { value: stateValue as AlarmStateValue, reason: typeof stateReason === 'string' ? stateReason : undefined }
}
