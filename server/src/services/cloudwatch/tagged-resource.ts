import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { invalidParameterValue, resourceNotFound } from './faults.ts'

/** Whether the tenant has such a resource of that name; by what stands before the name in its ARN. */
export type TaggableKinds = Readonly<Record<string, (tenant: Tenant, name: string) => Promise<boolean>>>

/** Makes sure that the ARN names something of this tenant that can carry tags. */
export const requireTaggable = async (kinds: TaggableKinds, tenant: Tenant, arn: string): Promise<void> => {
  const parts = parseArn(arn)
  if (parts === undefined || parts.service !== 'cloudwatch') {
    throw invalidParameterValue(`The value ${arn} for parameter ResourceARN is invalid.`)
  }
  const own = parts.account === tenant.account && parts.region === tenant.region
  const [, kind = '', name = ''] = /^([^:/]+)[:/](.+)$/s.exec(parts.resource) ?? []
  const exists = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (!own || exists === undefined || !(await exists(tenant, name))) throw resourceNotFound(parts.resource.split(':')[0]!, arn)
}
