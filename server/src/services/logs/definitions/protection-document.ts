import type { Tenant } from '../../../base/tenancy.ts'
import { type DataProtectionPolicy, parsePolicy, PolicyProblem } from '../../../engines/data-protection/policy.ts'
import { invalidParameter } from '../faults.ts'
import type { LogGroupStore } from '../ports.ts'

/** Reads a data protection policy, whose findings must have somewhere to go. */
export const checkedProtection = (groups: LogGroupStore, tenant: Tenant, document: string): DataProtectionPolicy => {
  const policy = parsed(document)
  for (const { kind, name } of policy.auditDestinations) {
    if (kind !== 'CloudWatchLogs') throw invalidParameter(`Findings can be sent to a log group only, not to ${kind}.`)
    if (groups.get(tenant, name) === undefined) throw invalidParameter(`The log group of the FindingsDestination does not exist: ${name}`)
  }
  return policy
}

const parsed = (document: string): DataProtectionPolicy => {
  try {
    return parsePolicy(document)
  } catch (error) {
    if (error instanceof PolicyProblem) throw invalidParameter(error.message)
    throw error
  }
}

/** What policies of both scopes do otherwise than AWS's. */
export const PROTECTION_DIFFERENCE =
  'findings are sent to log groups only, in a stream named after the log group in which they were made; names of people are not looked for; one `*` stands for a UTF-16 unit'
