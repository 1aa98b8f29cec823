import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A table that queries look things up in, without what it holds. */
export interface LookupTableSummary {
  readonly tenant: Tenant
  readonly name: string
  readonly description: string | undefined
  readonly kmsKeyId: string | undefined
  readonly columns: readonly string[]
  readonly records: number
  /** Of its CSV. */
  readonly bytes: number
  readonly updatedAt: EpochMillis
}
