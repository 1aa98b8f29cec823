import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** Events of a log group on their way into a bucket. */
export interface LogExport {
  readonly tenant: Tenant
  readonly id: string
  readonly name: string | undefined
  readonly group: { readonly id: number; readonly name: string }
  readonly streamPrefix: string | undefined
  /** Timestamps, both included. */
  readonly from: number
  readonly to: number
  readonly bucket: string
  /** Keys are `prefix/id/stream/000000.gz`. */
  readonly prefix: string
  readonly status: LogExportStatus
  readonly message: string | undefined
  readonly createdAt: EpochMillis
  readonly finishedAt: EpochMillis | undefined
}

export type LogExportStatus = 'PENDING' | 'RUNNING' | 'PENDING_CANCEL' | 'COMPLETED' | 'FAILED' | 'CANCELLED'
