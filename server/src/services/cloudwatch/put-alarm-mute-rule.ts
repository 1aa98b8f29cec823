import type { PutAlarmMuteRuleCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn, muteRuleArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { SyntaxProblem } from '../../engines/languages/syntax-problem.ts'
import { parseSchedule } from '../../engines/mutes/schedule.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import { validationError } from '../../wire/fault.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { muteRuleName, tagList } from './limits.ts'
import { hasControlCharacter } from './metric-identity.ts'
import type { MuteRuleStore } from './ports.ts'
import { taggedIn, tagRecord } from './tags.ts'

const INPUT = structure(
  {
    Name: muteRuleName,
    Description: text({ min: 0, max: 1024 }),
    Rule: structure(
      {
        Schedule: structure(
          { Expression: text({ min: 1, max: 256 }), Duration: text({ min: 1, max: 50 }), Timezone: text({ min: 1, max: 50 }) },
          ['Expression', 'Duration'],
        ),
      },
      ['Schedule'],
    ),
    MuteTargets: structure({ AlarmNames: list(muteRuleName, { max: 100 }) }, ['AlarmNames']),
    Tags: tagList,
  },
  ['Name', 'Rule'],
)

/** Creates or overwrites a rule that mutes alarms. The caller must be allowed to mute the rule's alarms, too. */
export const putAlarmMuteRule = (rules: MuteRuleStore) =>
  operation<PutAlarmMuteRuleCommandInput, void>({
    name: 'PutAlarmMuteRule',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [
      muteRuleArn(tenant, input.Name ?? '*'),
      ...(input.MuteTargets?.AlarmNames ?? []).map(name => alarmArn(tenant, name)),
    ],
    tagged: (input, tenant) => taggedIn(input, muteRuleArn(tenant, input.Name ?? '*')),
    async run(input, call) {
      enforce(INPUT, input)
      const tags = tagRecord(input.Tags ?? [], validationError)
      await rules.put(defineRule(input, call.tenant, call.now), tags)
    },
  })

const defineRule = (input: PutAlarmMuteRuleCommandInput, tenant: Tenant, now: EpochMillis): MuteRule => {
  const name = input.Name!
  if (hasControlCharacter(name)) throw validationError('Name must not contain ASCII control characters')
  const { Expression, Duration, Timezone } = input.Rule!.Schedule!
  requireSchedule(Expression!, Duration!, Timezone)
  const startDate = instant(input.StartDate)
  const expireDate = instant(input.ExpireDate)
  if (expireDate !== undefined && expireDate <= (startDate ?? now)) {
    throw validationError(startDate === undefined ? 'ExpireDate must be in the future' : 'ExpireDate must be after StartDate')
  }
  return {
    tenant,
    arn: muteRuleArn(tenant, name),
    name,
    description: input.Description,
    expression: Expression!,
    duration: Duration!,
    timeZone: Timezone,
    alarmNames: [...new Set(input.MuteTargets?.AlarmNames ?? [])],
    startDate,
    expireDate,
    updatedAt: now,
  }
}

const requireSchedule = (expression: string, duration: string, timeZone: string | undefined): void => {
  try {
    parseSchedule(expression, duration, timeZone)
  } catch (error) {
    if (error instanceof SyntaxProblem) throw validationError(error.message)
    throw error
  }
}

const instant = (date: Date | undefined): EpochMillis | undefined => date && epochMillis(date.getTime())
