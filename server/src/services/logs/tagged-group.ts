import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { LogGroup } from '../../model/log.ts'
import { groupNotFound, invalidParameter } from './faults.ts'
import type { LogGroupStore } from './ports.ts'

/** The group of a tag operation's ARN, which ends without `:*`. */
export const taggedGroup = (groups: LogGroupStore, tenant: Tenant, arn: string): LogGroup => {
  const parts = parseArn(arn)
  if (parts?.service !== 'logs' || !parts.resource.startsWith('log-group:')) throw invalidParameter(`Invalid resource ARN: ${arn}`)
  const group = groups.find(tenant, arn)
  if (group === undefined) throw groupNotFound()
  return group
}
