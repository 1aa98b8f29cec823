import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A data protection policy as it was put. */
export interface LogProtection {
  readonly tenant: Tenant
  /** The number of its log group; undefined: it is for all groups of the account. */
  readonly group: number | undefined
  /** The account policy's name, or '' */
  readonly name: string
  /** JSON, as it was sent. */
  readonly document: string
  readonly since: EpochMillis
}

/** A policy and, where it is not in force any more, until when it was (exclusive). */
export interface LogProtectionVersion extends LogProtection {
  readonly until: EpochMillis | undefined
}
