import type { AlarmMuteRuleSummary, GetAlarmMuteRuleOutput } from '@aws-sdk/client-cloudwatch'
import type { EpochMillis } from '../../../base/time.ts'
import { muteStatus, type CompiledMute } from '../../../engines/mutes/mute-rule.ts'

/** What a list shows of a rule: when it was changed and how it stands. */
export const summariseMuteRule = (mute: CompiledMute, now: EpochMillis): AlarmMuteRuleSummary => ({
  AlarmMuteRuleArn: mute.rule.arn,
  ...(mute.rule.expireDate === undefined ? {} : { ExpireDate: new Date(mute.rule.expireDate) }),
  Status: muteStatus(mute, now),
  MuteType: mute.schedule.kind === 'once' ? 'ONE_TIME' : 'RECURRING',
  LastUpdatedTimestamp: new Date(mute.rule.updatedAt),
})

/** All of a rule; what was never set is left out. */
export const describeMuteRule = (mute: CompiledMute, now: EpochMillis): GetAlarmMuteRuleOutput => {
  const { rule } = mute
  return {
    Name: rule.name,
    ...summariseMuteRule(mute, now),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    Rule: {
      Schedule: {
        Expression: rule.expression,
        Duration: rule.duration,
        Timezone: rule.timeZone ?? 'UTC',
      },
    },
    MuteTargets: { AlarmNames: [...rule.alarmNames] },
    ...(rule.startDate === undefined ? {} : { StartDate: new Date(rule.startDate) }),
  }
}
