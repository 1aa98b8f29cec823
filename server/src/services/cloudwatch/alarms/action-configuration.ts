import type { ActionConfiguration } from '@aws-sdk/client-cloudwatch'
import { alarmArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { Alarm, AlarmBase } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { list, structure } from '../../constraints.ts'
import type { Difference } from '../../operation.ts'
import { tagKey } from '../limits.ts'

const tagKeys = list(tagKey, { min: 1, max: 50 })

/** The model's limits of what {@link tagsPropagationOf} reads. */
export const ACTION_CONFIGURATION = structure({
  AlarmTagsPropagation: structure({ IncludedTagKeys: tagKeys, ExcludedTagKeys: tagKeys }, ['Enabled']),
})

/** What every put of an alarm may say of its actions. */
interface Input {
  readonly AlarmName?: string | undefined
  readonly ActionConfiguration?: ActionConfiguration | undefined
}

export const tagsPropagationOf = ({ ActionConfiguration: configuration }: Input): Pick<AlarmBase, 'tagsPropagation'> => {
  const propagation = configuration?.AlarmTagsPropagation
  if (propagation === undefined) return {}
  const { Enabled: enabled, IncludedTagKeys: included, ExcludedTagKeys: excluded } = propagation
  if (included !== undefined && excluded !== undefined) throw validationError('IncludedTagKeys and ExcludedTagKeys cannot both be specified.')
  return { tagsPropagation: { enabled: enabled!, ...(included === undefined ? {} : { included }), ...(excluded === undefined ? {} : { excluded }) } }
}

/** Whoever lets an alarm tell its tags must be allowed to read them. */
export const tagsRead = ({ AlarmName, ActionConfiguration: configuration }: Input, tenant: Tenant) =>
  configuration?.AlarmTagsPropagation?.Enabled === true
    ? [{ permission: 'ListTagsForResource', resource: alarmArn(tenant, AlarmName ?? '*') }]
    : []

/** As the describe operations show it. */
export const describeActionConfiguration = ({ tagsPropagation }: Alarm): { readonly ActionConfiguration?: ActionConfiguration } => {
  if (tagsPropagation === undefined) return {}
  const { enabled, included, excluded } = tagsPropagation
  return {
    ActionConfiguration: {
      AlarmTagsPropagation: {
        Enabled: enabled,
        ...(included === undefined ? {} : { IncludedTagKeys: [...included] }),
        ...(excluded === undefined ? {} : { ExcludedTagKeys: [...excluded] }),
      },
    },
  }
}

export const TAGS_DIFFER: Difference = {
  member: 'ActionConfiguration',
  how: 'with or without it the tags `Severity`, `Action`, `Runbook` and `Team` are in messages that this server writes itself, as to Slack',
}
