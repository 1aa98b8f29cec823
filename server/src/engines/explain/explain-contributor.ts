import { isoTime } from '../../base/time.ts'
import type { Alarm, AlarmContributor } from '../../model/alarm.ts'
import type { ExplainedContributor } from './explanation.ts'

/** What a contributor is, and since when it waits to become another. */
export const explainContributor = (alarm: Alarm, { attributes, value, reason, turningSince }: AlarmContributor): ExplainedContributor => {
  const state = value === 'OK' ? 'pending' : 'ALARM'
  if (alarm.kind !== 'promql' || turningSince === undefined) return { attributes, value: state, because: reason }
  const since = isoTime(turningSince).replace('.000Z', 'Z')
  const because =
    value === 'OK'
      ? `The query returns it since ${since}, and must for ${alarm.pendingPeriod} seconds before it is in ALARM.`
      : `The query does not return it since ${since}; after ${alarm.recoveryPeriod} seconds it is over.`
  return { attributes, value: state, because }
}
