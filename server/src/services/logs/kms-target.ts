import type { Tenant } from '../../base/tenancy.ts'
import type { LogGroup } from '../../model/log.ts'
import { text } from '../constraints.ts'
import { groupNotFound, invalidParameter } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import type { LogGroupStore } from './ports.ts'

export const KMS_RESOURCE = text({ min: 1, max: 2048, pattern: /[\w+=/:,.@\-*]*/, patternText: String.raw`[\w+=/:,.@\-\*]*` })

/** What a key is associated with. */
export interface KmsTarget {
  readonly logGroupName?: string | undefined
  /** A group's ARN, or `arn:aws:logs:REGION:ACCOUNT:query-result:*` for the results of all queries. */
  readonly resourceIdentifier?: string | undefined
}

const QUERY_RESULTS = /^arn:[^:]+:logs:([^:]*):([^:]*):query-result:\*$/

/** Undefined: the results of queries. */
export const kmsTarget = (groups: LogGroupStore, tenant: Tenant, { logGroupName, resourceIdentifier }: KmsTarget): LogGroup | undefined => {
  if ((logGroupName === undefined) === (resourceIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName or resourceIdentifier must be specified.')
  }
  if (resourceIdentifier === undefined) return groupOf(groups, tenant, { logGroupName })
  const results = QUERY_RESULTS.exec(resourceIdentifier)
  if (results !== null && results[1] === tenant.region && results[2] === tenant.account) return undefined
  const group = resourceIdentifier.startsWith('arn:') ? groups.find(tenant, resourceIdentifier) : undefined
  if (group === undefined) throw groupNotFound()
  return group
}

export const kmsResource = (tenant: Tenant, { logGroupName, resourceIdentifier }: KmsTarget): string =>
  logGroupName === undefined && resourceIdentifier !== undefined && QUERY_RESULTS.test(resourceIdentifier)
    ? resourceIdentifier
    : groupResource(tenant, { logGroupName, logGroupIdentifier: resourceIdentifier })
