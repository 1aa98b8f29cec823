import { logGroupArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { LogGroup } from '../../model/log.ts'
import { groupNotFound, invalidParameter, mutuallyExclusive } from './faults.ts'
import type { LogGroupStore } from './ports.ts'

/** How most operations name their group: by its name, or by its name or ARN as an identifier. */
export interface NamedGroup {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}

/** The group that the request means; throws when there is none, or the request names none or two. */
export const groupOf = (groups: LogGroupStore, tenant: Tenant, { logGroupName, logGroupIdentifier }: NamedGroup): LogGroup => {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) throw mutuallyExclusive()
  const named = logGroupName ?? logGroupIdentifier
  if (named === undefined) throw invalidParameter('At least one of logGroupName or logGroupIdentifier must be specified.')
  const group = logGroupName === undefined ? groups.find(tenant, named) : groups.get(tenant, named)
  if (group === undefined) throw groupNotFound()
  return group
}

/** What policies speak of. A group by itself ends as AWS ends it, so that `log-group:NAME:*` fits it and all its streams. */
export const groupResource = (tenant: Tenant, { logGroupName, logGroupIdentifier }: NamedGroup, stream = ''): string => {
  const named = logGroupName ?? logGroupIdentifier ?? ''
  const arn = named.startsWith('arn:') ? named.replace(/:\*$/, '') : logGroupArn(tenant, named)
  return `${arn}:log-stream:${stream}`
}
