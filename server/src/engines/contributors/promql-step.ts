import { toMillis, type EpochSeconds } from '../../base/time.ts'
import type { AlarmContributor, PromqlAlarm } from '../../model/alarm.ts'
import { MOST_ALARMING, promqlReason } from '../alarms/contributor-reason.ts'
import { contributorId } from './contributor-id.ts'
import { followable, type Followed, type Step } from './step.ts'

/**
 * One evaluation of an alarm on an instant query. Every series that it yields breaches: it is in ALARM once it has been there
 * for the pending period, and OK once it has been gone for the recovery period.
 */
export const stepPromql = (
  alarm: PromqlAlarm,
  before: Followed,
  series: readonly Readonly<Record<string, string>>[],
  instant: EpochSeconds,
): Step => {
  const now = toMillis(instant)
  const known = new Map(before.contributors.map(contributor => [contributor.id, contributor]))
  const contributors: AlarmContributor[] = []
  const ended: AlarmContributor[] = [...before.ended]
  for (const attributes of series) {
    const id = contributorId(attributes)
    const was = known.get(id)
    known.delete(id)
    if (was?.value === 'ALARM') contributors.push(was.turningSince === undefined ? was : { ...was, turningSince: undefined })
    else {
      const since = was?.turningSince ?? now
      const pending: AlarmContributor = was ?? { id, attributes, value: 'OK', reason: promqlReason(0), transitionedAt: now, turningSince: now }
      const due = now - since >= alarm.pendingPeriod * 1000
      contributors.push(due ? { ...pending, value: 'ALARM', reason: promqlReason(1), transitionedAt: now, turningSince: undefined } : pending)
    }
  }
  for (const gone of known.values()) {
    // What was only pending is forgotten at once.
    if (gone.value === 'OK') continue
    const since = gone.turningSince ?? now
    if (now - since < alarm.recoveryPeriod * 1000) contributors.push({ ...gone, turningSince: since })
    else ended.push({ ...gone, value: 'OK', reason: promqlReason(0), transitionedAt: now, turningSince: undefined })
  }
  const count = contributors.filter(({ value }) => value === 'ALARM').length
  return {
    value: count > 0 ? 'ALARM' : 'OK',
    reason: promqlReason(count),
    contributors: followable(contributors, before.contributors),
    ended,
    partial: count > MOST_ALARMING,
  }
}
