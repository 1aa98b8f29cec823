import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import type { LogDocument, LogDocumentKind } from '../../../model/log-document.ts'
import type { LogProtection } from '../../../model/log-protection.ts'

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
  /** Creates it, with the tags of its ARN; or overwrites all but its creation. */
  put(document: LogDocument, tagged?: { readonly arn: string; readonly tags: Readonly<Record<string, string>> }): Promise<void>
  /** False when it was not there. The ARN is whose tags go with it. */
  delete(tenant: Tenant, kind: LogDocumentKind, name: string, arn?: string): Promise<boolean>
}
