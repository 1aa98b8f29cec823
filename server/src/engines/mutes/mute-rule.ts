import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { ActiveMute, MuteRule } from '../../model/mute-rule.ts'
import { parseSchedule, type Schedule, type Window } from './schedule.ts'

export type MuteStatus = 'SCHEDULED' | 'ACTIVE' | 'EXPIRED'

/** A rule with its schedule, read once. */
export interface CompiledMute {
  readonly rule: MuteRule
  readonly schedule: Schedule
}

/** Throws `SyntaxProblem` for a schedule that makes no sense, which no door lets in. */
export const compileMute = (rule: MuteRule): CompiledMute =>
  ({ rule, schedule: parseSchedule(rule.expression, rule.duration, rule.timeZone) })

/** The window that is open at `at`, within StartDate and ExpireDate. */
export const openWindow = ({ rule, schedule }: CompiledMute, at: EpochMillis): Window | undefined => {
  if (at < (rule.startDate ?? -Infinity) || at >= (rule.expireDate ?? Infinity)) return undefined
  const window = schedule.latest(at)
  if (window === undefined || at >= window.end) return undefined
  return {
    start: epochMillis(Math.max(window.start, rule.startDate ?? -Infinity)),
    end: epochMillis(Math.min(window.end, rule.expireDate ?? Infinity)),
  }
}

/** When the last window that has begun at `at` ended; undefined where none has, or while it lasts. */
export const lastEnd = (mute: CompiledMute, at: EpochMillis): EpochMillis | undefined => {
  const latest = mute.schedule.latest(at)
  if (latest === undefined || openWindow(mute, at) !== undefined) return undefined
  return epochMillis(Math.min(latest.end, mute.rule.expireDate ?? Infinity))
}

export const muteStatus = (mute: CompiledMute, at: EpochMillis): MuteStatus => {
  if (openWindow(mute, at) !== undefined) return 'ACTIVE'
  const { startDate = at, expireDate = Infinity } = mute.rule
  // A window that has begun before StartDate mutes from then on.
  if (startDate > at && openWindow(mute, startDate) !== undefined) return 'SCHEDULED'
  const next = mute.schedule.next(epochMillis(Math.max(at, startDate)))
  return next !== undefined && next.start < expireDate ? 'SCHEDULED' : 'EXPIRED'
}

/** What mutes an alarm at `at`: of several open windows the one that has begun last. `mutes` are those of the alarm's tenant. */
export const activeMute = (mutes: readonly CompiledMute[], alarmName: string, at: EpochMillis): ActiveMute | undefined => {
  const open = mutes.flatMap(mute => {
    const window = mute.rule.alarmNames.includes(alarmName) ? openWindow(mute, at) : undefined
    return window === undefined ? [] : [{ rule: mute.rule, window }]
  })
  const newest = open.reduce<(typeof open)[number] | undefined>((best, each) => (best !== undefined && best.window.start >= each.window.start ? best : each), undefined)
  if (newest === undefined) return undefined
  return { ruleArn: newest.rule.arn, ruleName: newest.rule.name, ...newest.window, others: open.length - 1 }
}
