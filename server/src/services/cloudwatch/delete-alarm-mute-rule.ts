import type { DeleteAlarmMuteRuleCommandInput } from '@aws-sdk/client-cloudwatch'
import { muteRuleArn } from '../../base/arn.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { muteRuleName } from './limits.ts'
import type { MuteRuleStore } from './ports.ts'

const INPUT = structure({ AlarmMuteRuleName: muteRuleName }, ['AlarmMuteRuleName'])

/** Deletes a rule; the actions that it has muted run where their states still last. An unknown name is no error. */
export const deleteAlarmMuteRule = (rules: MuteRuleStore) =>
  operation<DeleteAlarmMuteRuleCommandInput, void>({
    name: 'DeleteAlarmMuteRule',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [muteRuleArn(tenant, input.AlarmMuteRuleName ?? '*')],
    async run(input, call) {
      enforce(INPUT, input)
      await rules.delete(call.tenant, input.AlarmMuteRuleName!)
    },
  })
