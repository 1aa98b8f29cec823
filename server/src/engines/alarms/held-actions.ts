import { shorten } from '../../base/shorten.ts'
import { cloudWatchTime } from '../../base/time.ts'
import { alarmTypeOf, type AlarmContributor, type AlarmHistoryItem, type AlarmRecord, type Suppression } from '../../model/alarm.ts'
import type { ActiveMute } from '../../model/mute-rule.ts'
import { document, type Json } from './document.ts'
import { SUMMARY_LIMIT } from './history.ts'

/** `Actions suppressed by WaitPeriod`: what describe answers and events say as well. */
export const suppressedReason = ({ by }: Suppression): string => `Actions suppressed by ${by}`

/** AWS does not document the row; it tells of the suppression in the words of ActionsSuppressedReason. */
export const suppressedItem = (record: AlarmRecord, suppression: Suppression): AlarmHistoryItem =>
  item(record, 'Action', suppressedReason(suppression), {
    actionState: 'Suppressed',
    stateUpdateTimestamp: record.state.updatedAt,
    actionsSuppressedBy: suppression.by,
    actionsSuppressedReason: suppressedReason(suppression),
  })

/** Names the rule whose window began last, and counts the others, as AWS says it does. */
export const mutedItem = (record: AlarmRecord, mute: ActiveMute, contributor?: AlarmContributor): AlarmHistoryItem => {
  const others = mute.others === 0 ? '' : ` and ${mute.others} other mute ${mute.others === 1 ? 'rule' : 'rules'}`
  const frame = `Actions muted by alarm mute rule ""${others}`
  const name = shorten(mute.ruleName, SUMMARY_LIMIT - frame.length)
  return item(record, contributor === undefined ? 'Action' : 'AlarmContributorAction', `Actions muted by alarm mute rule "${name}"${others}`, {
    actionState: 'Muted',
    stateUpdateTimestamp: record.state.updatedAt,
    muteDetail: { mutedByArn: mute.ruleArn, muteWindowStart: cloudWatchTime(mute.start), muteWindowEnd: cloudWatchTime(mute.end) },
    otherMuteRules: mute.others,
    contributorId: contributor?.id,
  })
}

const item = ({ alarm, state }: AlarmRecord, type: AlarmHistoryItem['type'], summary: string, data: Json): AlarmHistoryItem => ({
  tenant: alarm.tenant,
  alarmName: alarm.name,
  alarmType: alarmTypeOf(alarm),
  at: state.updatedAt,
  type,
  summary,
  data: document(data),
})
