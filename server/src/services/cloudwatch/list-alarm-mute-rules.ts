import type { ListAlarmMuteRulesCommandInput, ListAlarmMuteRulesOutput } from '@aws-sdk/client-cloudwatch'
import { muteRuleArn } from '../../base/arn.ts'
import { compileMute, muteStatus } from '../../engines/mutes/mute-rule.ts'
import { enforce, list, oneOf, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { summariseMuteRule } from './alarms/mute-rule-view.ts'
import { invalidNextToken } from './faults.ts'
import { maxRecords, muteRuleName } from './limits.ts'
import { openToken, sealToken } from './next-token.ts'
import type { MuteRuleStore } from './ports.ts'

const INPUT = structure({
  AlarmName: muteRuleName,
  Statuses: list(oneOf(['SCHEDULED', 'ACTIVE', 'EXPIRED'])),
  MaxRecords: maxRecords,
})

const DEFAULT_PAGE = 50

/** The tenant's rules by name, those that target an alarm or have a status where that is asked for. */
export const listAlarmMuteRules = (rules: MuteRuleStore) =>
  operation<ListAlarmMuteRulesCommandInput, ListAlarmMuteRulesOutput>({
    name: 'ListAlarmMuteRules',
    kind: 'read',
    access: 'signed',
    resources: (_input, tenant) => [muteRuleArn(tenant, '*')],
    async run(input, call) {
      enforce(INPUT, input)
      const { AlarmName: alarm, Statuses: statuses = [] } = input
      const scope = { operation: 'ListAlarmMuteRules', tenant: call.tenant, request: [alarm, statuses] }
      const after = input.NextToken === undefined ? undefined : openToken(scope, input.NextToken)
      if (input.NextToken !== undefined && typeof after !== 'string') throw invalidNextToken()
      const rest = (await rules.list(call.tenant))
        .filter(rule => (typeof after !== 'string' || rule.name > after) && (alarm === undefined || rule.alarmNames.includes(alarm)))
        .map(compileMute)
        .filter(mute => statuses.length === 0 || statuses.includes(muteStatus(mute, call.now)))
      const page = rest.slice(0, input.MaxRecords ?? DEFAULT_PAGE)
      return {
        AlarmMuteRuleSummaries: page.map(mute => summariseMuteRule(mute, call.now)),
        ...(page.length < rest.length ? { NextToken: sealToken(scope, page.at(-1)!.rule.name) } : {}),
      }
    },
  })
