import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A definition that is kept as it was sent, by its kind and name. */
export interface LogDocument {
  readonly tenant: Tenant
  readonly kind: LogDocumentKind
  readonly name: string
  /** It goes with this log group. */
  readonly group: number | undefined
  /** JSON. */
  readonly document: string
  readonly createdAt: EpochMillis
  readonly updatedAt: EpochMillis
}

export type LogDocumentKind = 'account-policy' | 'resource-policy' | 'index-policy' | 'transformer' | 'storage-tier'
