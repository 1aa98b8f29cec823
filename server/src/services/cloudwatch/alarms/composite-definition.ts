import type { PutCompositeAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn, alarmArnOf, parseArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { seconds, type EpochMillis } from '../../../base/time.ts'
import { actionKind } from '../../../engines/alarms/action-kinds.ts'
import { parseRule } from '../../../engines/composite/parse.ts'
import { SyntaxProblem } from '../../../engines/languages/syntax-problem.ts'
import type { ActionsSuppressor, AlarmRecord, CompositeAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { limitExceeded } from '../faults.ts'
import { hasControlCharacter } from '../metric-identity.ts'
import { tagsPropagationOf } from './action-configuration.ts'
import { checkActions } from './actions.ts'
import { childArns, parentsByChild } from './family.ts'

/** An alarm is in at most so many composites (CloudWatch's quota). */
const PARENTS = 150

/** The definition that PutCompositeAlarm asks for. `known`: every alarm of the tenant. Throws AWS's refusals. */
export const defineComposite = (
  input: PutCompositeAlarmCommandInput,
  known: readonly AlarmRecord[],
  tenant: Tenant,
  now: EpochMillis,
): CompositeAlarm => {
  const name = input.AlarmName!
  if (hasControlCharacter(name)) throw validationError('AlarmName must not contain ASCII control characters')
  checkRule(input.AlarmRule!)
  const alarm: CompositeAlarm = {
    kind: 'composite',
    tenant,
    arn: alarmArn(tenant, name),
    name,
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: actions(input.OKActions, tenant),
    alarmActions: actions(input.AlarmActions, tenant),
    insufficientDataActions: actions(input.InsufficientDataActions, tenant),
    configuredAt: now,
    ...tagsPropagationOf(input),
    rule: input.AlarmRule!,
    suppressor: suppressorOf(input, known, tenant),
  }
  checkChildren(alarm, known)
  return alarm
}

const checkRule = (rule: string): void => {
  try {
    parseRule(rule)
  } catch (error) {
    if (error instanceof SyntaxProblem) throw validationError(error.message)
    throw error
  }
}

const actions = (arns: readonly string[] | undefined, tenant: Tenant): readonly string[] => {
  const checked = checkActions(arns ?? [], tenant)
  const other = checked.find(arn => ['instance', 'scaling-policy'].includes(actionKind(arn) ?? ''))
  if (other !== undefined) throw validationError(`Invalid use of action ${other}: composite alarms cannot perform EC2 actions or Auto Scaling actions.`)
  return checked
}

const suppressorOf = (input: PutCompositeAlarmCommandInput, known: readonly AlarmRecord[], tenant: Tenant): ActionsSuppressor | undefined => {
  const { ActionsSuppressor: alarm, ActionsSuppressorWaitPeriod: wait, ActionsSuppressorExtensionPeriod: extension } = input
  if (alarm === undefined) {
    for (const name of ['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'] as const) {
      if (input[name] !== undefined) throw validationError(`${name} requires an ActionSuppressor`)
    }
    return undefined
  }
  if (wait === undefined) throw validationError('ActionsSuppressorWaitPeriod must not be null')
  if (extension === undefined) throw validationError('ActionsSuppressorExtensionPeriod must not be null')
  if (alarm.startsWith('arn:') && !isAlarmArn(alarm)) throw validationError('ActionsSuppressor must be a valid CloudWatch Alarm ARN or an Alarm name')
  const arn = alarmArnOf(tenant, alarm)
  requireOwn(arn, tenant)
  if (!known.some(record => record.alarm.arn === arn)) {
    throw validationError(`Could not save the composite alarm as the alarm ${alarm} in ActionsSuppressor does not exist`)
  }
  return { alarm, waitPeriod: seconds(wait), extensionPeriod: seconds(extension) }
}

const isAlarmArn = (text: string): boolean => {
  const parts = parseArn(text)
  return parts?.service === 'cloudwatch' && parts.resource.startsWith('alarm:')
}

const checkChildren = (alarm: CompositeAlarm, known: readonly AlarmRecord[]): void => {
  const arns = new Set<string>(known.map(record => record.alarm.arn))
  const parents = parentsByChild(known)
  const missing: string[] = []
  for (const child of childArns(alarm)) {
    requireOwn(child, alarm.tenant)
    if (!arns.has(child)) missing.push(child)
    else if (child === alarm.arn && known.some(record => record.alarm.arn === child && record.alarm.kind === 'composite')) throw validationError(CIRCULAR)
    else if ((parents.get(child) ?? []).filter(parent => parent.alarm.arn !== alarm.arn).length >= PARENTS) {
      throw limitExceeded(`The alarm ${child} is in ${PARENTS} composite alarms already`)
    }
  }
  if (missing.length > 0) {
    throw validationError(`Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist`)
  }
}

const CIRCULAR =
  'A composite alarm cannot have a child relation with itself via its AlarmRule, as it would introduce a circular dependency'

const requireOwn = (arn: string, tenant: Tenant): void => {
  const parts = parseArn(arn)!
  if (parts.account !== tenant.account || parts.region !== tenant.region || parts.service !== 'cloudwatch') {
    throw validationError(`The alarm ${arn} must be in the same account and Region as the composite alarm`)
  }
}
