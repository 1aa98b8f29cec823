import type { Connection } from './connection.ts'
import type { MuteRule } from './shapes.ts'

/** A rule is read by a call of its own; an alarm with more of them than this has a problem of another kind. */
const MOST_RULES = 20

/** The rules that mute an alarm now or will, whole. */
export const readMutes = async (connection: Connection, alarmName: string, signal: AbortSignal): Promise<readonly MuteRule[]> => {
  const { AlarmMuteRuleSummaries: found = [] } = await connection.cloudWatch(
    'ListAlarmMuteRules', { AlarmName: alarmName, Statuses: ['ACTIVE', 'SCHEDULED'], MaxRecords: MOST_RULES }, signal,
  )
  const names = found.map(({ AlarmMuteRuleArn = '' }) => AlarmMuteRuleArn.slice(AlarmMuteRuleArn.indexOf(':alarm-mute-rule:') + 17))
  return Promise.all(names.map(name => connection.cloudWatch('GetAlarmMuteRule', { AlarmMuteRuleName: name }, signal)))
}

/** Mutes one alarm once: from the minute of `start` for so many minutes. */
export const muteOnce = (
  connection: Connection, alarmName: string, start: number, minutes: number, description: string,
): Promise<unknown> =>
  connection.cloudWatch('PutAlarmMuteRule', {
    Name: `console ${new Date(start * 1000).toISOString().slice(0, 19)}Z ${alarmName}`.slice(0, 255),
    ...(description !== '' && { Description: description }),
    Rule: { Schedule: { Expression: `at(${new Date(start * 1000).toISOString().slice(0, 16)})`, Duration: `PT${minutes}M`, Timezone: 'UTC' } },
    MuteTargets: { AlarmNames: [alarmName] },
  })

/** Ends a rule for one alarm: other alarms that it mutes stay muted. */
export const endMute = (connection: Connection, rule: MuteRule, alarmName: string): Promise<unknown> => {
  const { Name = '', Description, Rule, StartDate, ExpireDate } = rule
  const others = (rule.MuteTargets?.AlarmNames ?? []).filter(name => name !== alarmName)
  if (others.length === 0) return connection.cloudWatch('DeleteAlarmMuteRule', { AlarmMuteRuleName: Name })
  return connection.cloudWatch('PutAlarmMuteRule', {
    Name, Rule, MuteTargets: { AlarmNames: others },
    ...(Description !== undefined && { Description }), ...(StartDate !== undefined && { StartDate }),
    ...(ExpireDate !== undefined && { ExpireDate }),
  })
}
