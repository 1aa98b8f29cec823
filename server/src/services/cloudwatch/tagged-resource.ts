import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { invalidParameterValue, resourceNotFound } from './faults.ts'
import type { AlarmStore } from './ports.ts'

/** Makes sure that the ARN names something of this tenant that can carry tags. Alarms can; later kinds add their prefix. */
export const requireTaggable = async (alarms: AlarmStore, tenant: Tenant, arn: string): Promise<void> => {
  const parts = parseArn(arn)
  if (parts === undefined || parts.service !== 'cloudwatch') {
    throw invalidParameterValue(`The value ${arn} for parameter ResourceARN is invalid.`)
  }
  const own = parts.account === tenant.account && parts.region === tenant.region
  const name = parts.resource.startsWith(ALARM) ? parts.resource.slice(ALARM.length) : ''
  const found = own && name !== '' && (await alarms.get(tenant, name)) !== undefined
  if (!found) throw resourceNotFound(parts.resource.split(':')[0]!, arn)
}

const ALARM = 'alarm:'
