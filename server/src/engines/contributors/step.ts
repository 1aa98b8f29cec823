import type { AlarmContributor, AlarmStateValue } from '../../model/alarm.ts'
import { MOST_ALARMING } from '../alarms/contributor-reason.ts'

/** The contributors of an alarm, and those that are over since one began to look. */
export interface Followed {
  /** Those in ALARM or turning; all others are OK. */
  readonly contributors: readonly AlarmContributor[]
  /** Those that went from ALARM to OK, with why. */
  readonly ended: readonly AlarmContributor[]
}

/** What an evaluation makes of an alarm with contributors. */
export interface Step extends Followed {
  readonly value: AlarmStateValue
  /** The alarm's own StateReason, for when `value` is news. */
  readonly reason: string
  /** More were in ALARM than are followed. */
  readonly partial: boolean
}

/** One contributor's change of state. */
export interface Turn {
  readonly from: AlarmContributor['value']
  readonly to: AlarmContributor
}

/** What changed from `before`, however many evaluations lie between: a contributor that came and went has not turned. */
export const turnsFrom = (before: readonly AlarmContributor[], { contributors, ended }: Followed): readonly Turn[] => {
  const alarming = (list: readonly AlarmContributor[]): ReadonlySet<string> => new Set(list.filter(({ value }) => value === 'ALARM').map(({ id }) => id))
  const was = alarming(before)
  const is = alarming(contributors)
  return [
    ...contributors.filter(({ id, value }) => value === 'ALARM' && !was.has(id)).map((to): Turn => ({ from: 'OK', to })),
    ...[...new Map(ended.map(contributor => [contributor.id, contributor])).values()]
      .filter(({ id }) => was.has(id) && !is.has(id))
      .map((to): Turn => ({ from: 'ALARM', to })),
  ]
}

/** Whether nothing has to be written down: the same ones in the same states. */
export const sameContributors = (a: readonly AlarmContributor[], b: readonly AlarmContributor[]): boolean => {
  if (a.length !== b.length) return false
  const known = new Map(a.map(contributor => [contributor.id, contributor]))
  return b.every(({ id, value, turningSince }) => {
    const other = known.get(id)
    return other !== undefined && other.value === value && other.turningSince === turningSince
  })
}

/** Only so many are followed in ALARM, those that already were first; the others are not told of. */
export const followable = (contributors: readonly AlarmContributor[], before: readonly AlarmContributor[]): readonly AlarmContributor[] => {
  const alarming = contributors.filter(({ value }) => value === 'ALARM')
  if (alarming.length <= MOST_ALARMING) return contributors
  const was = new Set(before.filter(({ value }) => value === 'ALARM').map(({ id }) => id))
  const first = [...alarming.filter(({ id }) => was.has(id)), ...alarming.filter(({ id }) => !was.has(id))]
  const kept = new Set(first.slice(0, MOST_ALARMING))
  return contributors.filter(contributor => contributor.value !== 'ALARM' || kept.has(contributor))
}
