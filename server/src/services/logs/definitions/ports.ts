import type { Entropy } from '../../../base/entropy.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import type { LogDocument, LogDocumentKind } from '../../../model/log-document.ts'
import type { LogExport, LogExportStatus } from '../../../model/log-export.ts'
import type { LogProtection } from '../../../model/log-protection.ts'
import type { LogGroup } from '../../../model/log.ts'

/** Data protection policies: one of each log group, and one of the account (`group` undefined). */
export interface LogProtectionStore {
  find(tenant: Tenant, group?: number): LogProtection | undefined
  /** Protects events from when it resolves on, in the place of the policy that was there. */
  put(protection: LogProtection): Promise<void>
  /** False when there was none. */
  end(tenant: Tenant, group: number | undefined, at: EpochMillis): Promise<boolean>
}

/** Definitions that are kept as they were sent. */
export interface LogDocumentStore {
  get(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<LogDocument | undefined>
  /** By name in code units. */
  list(tenant: Tenant, kind: LogDocumentKind): Promise<readonly LogDocument[]>
  /** Creates it, or overwrites all but its creation. */
  put(document: LogDocument): Promise<void>
  /** False when it was not there. */
  delete(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<boolean>
}

/** Transformers of log groups. */
export interface LogTransformerStore {
  get(group: LogGroup): LogDocument | undefined
  /** JSON of its processors, in the place of what was there. */
  put(group: LogGroup, document: string, now: EpochMillis): Promise<void>
  /** False when there was none. */
  delete(group: LogGroup): Promise<boolean>
}

/** Exports, and what runs them. */
interface LogExportStore {
  get(tenant: Tenant, id: string): Promise<LogExport | undefined>
  /** The newest first. */
  list(tenant: Tenant): Promise<readonly LogExport[]>
  /** False when the tenant has an active one. */
  create(task: LogExport): Promise<boolean>
  /** False when it is in none of these states any more. */
  move(id: string, from: readonly LogExportStatus[], to: LogExportStatus, message?: string, finishedAt?: EpochMillis): Promise<boolean>
}

export interface LogExportPorts {
  readonly tasks: LogExportStore
  /** Writes a small object to see whether that can be done; answers why it cannot. */
  readonly probe: (tenant: Tenant, bucket: string) => Promise<string | undefined>
  /** There is something to do. */
  readonly wake: () => void
  readonly entropy: Entropy
}
