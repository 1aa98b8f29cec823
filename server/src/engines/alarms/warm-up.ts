import { epochSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { Alarm, AlarmRecord, WarmUp } from '../../model/alarm.ts'

/** What ends an alarm's warm-up. */
export interface WarmingUp {
  /** The first instant that is judged whatever data there are. */
  readonly until: EpochSeconds
  /** The first instant that is judged if data fill its window; undefined: none is. */
  readonly early: EpochSeconds | undefined
}

/**
 * Undefined: the alarm is judged. A change of its state, by an evaluation or by hand, ends the warm-up for good: what an alarm once was
 * must not be forgotten for want of data.
 */
export const warmingUp = ({ alarm, state }: Pick<AlarmRecord, 'alarm' | 'state'>): WarmingUp | undefined => {
  const { warmUp } = alarm
  return warmUp === undefined || warmUp.over === true || state.transitionedAt > warmUp.since ? undefined : warmUpOf(alarm, warmUp)
}

/** From the definition alone. */
export const warmUpOf = (alarm: Alarm, { since, minutes, whole }: WarmUp): WarmingUp => {
  const begin = Math.ceil(since / 1000)
  return { until: epochSeconds(begin + minutes * 60), early: whole === true ? undefined : early(alarm, begin) }
}

/** Data of a metric may be older than the alarm, and fill its window at once; a query has results since the alarm runs it. */
const early = (alarm: Alarm, begin: number): EpochSeconds | undefined => {
  switch (alarm.kind) {
    case 'metric':
    case 'expression':
      return epochSeconds(begin)
    case 'log':
      return epochSeconds(begin + (alarm.evaluationPeriods - 1) * alarm.period)
    // There is no window to fill: a PromQL query yields only what is wrong.
    case 'promql':
    case 'composite':
      return undefined
  }
}

/** The warm-up of a definition that takes the place of `existing`: one goes on where it is, and what is over stays so. */
export const continuedWarmUp = (warmUp: WarmUp, existing: AlarmRecord | undefined, now: EpochMillis): WarmUp => {
  const before = existing?.alarm.warmUp
  if (existing === undefined || before === undefined) return warmUp
  const warming = warmingUp(existing)
  const over = warming === undefined || warming.until * 1000 <= now
  return { ...warmUp, since: before.since, ...(over ? { over } : {}) }
}
