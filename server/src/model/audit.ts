import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** One call that changed, or tried to change, a definition: who, what, when, from where, and what came of it. */
export interface AuditEntry {
  readonly tenant: Tenant
  readonly at: EpochMillis
  readonly requestId: string
  /** IAM action prefix, e.g. `sns`. */
  readonly service: string
  readonly operation: string
  /** ARN of the caller. */
  readonly principal: string
  readonly accessKeyId: string | undefined
  readonly sourceAddress: string | undefined
  readonly userAgent: string | undefined
  /** Undefined when the call succeeded. */
  readonly errorCode: string | undefined
  readonly resources: readonly string[]
  /** JSON text of the request's parameters, secrets already taken out. */
  readonly parameters: string
}

export interface AuditFilter {
  readonly tenant: Tenant
  /** Inclusive. */
  readonly from?: EpochMillis | undefined
  /** Inclusive. */
  readonly to?: EpochMillis | undefined
  readonly operation?: string | undefined
  readonly limit: number
  /** The `next` of the page before. */
  readonly cursor?: string | undefined
}

/** Newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly next: string | undefined
}
