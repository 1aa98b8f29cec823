import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { globalOwner } from '../../model/global-owner.ts'
import { invalidParameterValue, resourceNotFound } from './faults.ts'

/** Whether the tenant has such a resource of that name; by what stands before the name in its ARN. */
export type TaggableKinds = Readonly<Record<string, (tenant: Tenant, name: string) => Promise<boolean>>>

/** What belongs to an account and to no region. */
const GLOBAL = 'dashboard'

/** Makes sure that the ARN names something of this tenant that can carry tags; answers whose the tags are. */
export const requireTaggable = async (kinds: TaggableKinds, tenant: Tenant, arn: string): Promise<Tenant> => {
  const parts = parseArn(arn)
  if (parts === undefined || parts.service !== 'cloudwatch') {
    throw invalidParameterValue(`The value ${arn} for parameter ResourceARN is invalid.`)
  }
  const [, kind = '', name = ''] = /^([^:/]+)[:/](.+)$/s.exec(parts.resource) ?? []
  const owner = kind === GLOBAL ? globalOwner(tenant.account) : tenant
  const own = parts.account === tenant.account && parts.region === (kind === GLOBAL ? '' : tenant.region)
  const exists = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (!own || exists === undefined || !(await exists(tenant, name))) throw resourceNotFound(parts.resource.split(/[:/]/)[0]!, arn)
  return owner
}
