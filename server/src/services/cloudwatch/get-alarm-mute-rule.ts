import type { GetAlarmMuteRuleCommandInput, GetAlarmMuteRuleOutput } from '@aws-sdk/client-cloudwatch'
import { muteRuleArn } from '../../base/arn.ts'
import { compileMute } from '../../engines/mutes/mute-rule.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { describeMuteRule } from './alarms/mute-rule-view.ts'
import { resourceNotFound } from './faults.ts'
import { muteRuleName } from './limits.ts'
import type { MuteRuleStore } from './ports.ts'

const INPUT = structure({ AlarmMuteRuleName: muteRuleName }, ['AlarmMuteRuleName'])

export const getAlarmMuteRule = (rules: MuteRuleStore) =>
  operation<GetAlarmMuteRuleCommandInput, GetAlarmMuteRuleOutput>({
    name: 'GetAlarmMuteRule',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [muteRuleArn(tenant, input.AlarmMuteRuleName ?? '*')],
    async run(input, call) {
      enforce(INPUT, input)
      const rule = await rules.get(call.tenant, input.AlarmMuteRuleName!)
      if (rule === undefined) throw resourceNotFound('alarm-mute-rule', input.AlarmMuteRuleName!)
      return describeMuteRule(compileMute(rule), call.now)
    },
  })
