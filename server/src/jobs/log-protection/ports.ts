import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { LogProtection, LogProtectionVersion } from '../../model/log-protection.ts'
import type { LogGroup } from '../../model/log.ts'

/** Where policies are kept. */
export interface ProtectionBook {
  all(): Promise<readonly LogProtectionVersion[]>
  put(protection: LogProtection): Promise<void>
  end(tenant: Tenant, group: number | undefined, at: EpochMillis): Promise<void>
}

/** Where reports go: a log group that is there, and a stream of it that is made when it is missing. */
export interface ReportGroups {
  get(tenant: Tenant, name: string): LogGroup | undefined
  createStream(group: number, name: string, now: EpochMillis): Promise<boolean>
}

/** Durable when it resolves. */
export interface ReportSink {
  accept(put: PutLogs): Promise<unknown>
  /** Whether these very events, which were claimed, are there under these numbers. */
  resume(put: PutLogs, firstSeq: bigint): Promise<boolean>
}
