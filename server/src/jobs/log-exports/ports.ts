import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogExport, LogExportStatus } from '../../model/log-export.ts'
import type { LogPageRead, LogStreamPage } from '../../model/log-read.ts'
import type { LogGroup, LogStream, StoredLogEvent } from '../../model/log.ts'

export interface ExportBook {
  get(tenant: Tenant, id: string): Promise<LogExport | undefined>
  /** Of all accounts, the oldest first. */
  active(): Promise<readonly LogExport[]>
  /** False when it is in none of these states any more. */
  move(id: string, from: readonly LogExportStatus[], to: LogExportStatus, message?: string, finishedAt?: EpochMillis): Promise<boolean>
}

export interface ExportGroups {
  byId(id: number): LogGroup | undefined
  streams(group: number, page: LogStreamPage): Promise<readonly LogStream[]>
}

export interface ExportReads {
  page(read: LogPageRead): Promise<readonly StoredLogEvent[]>
}

/** Where exports are written. */
export interface ExportObjects {
  /** False when there is no such bucket; throws `ExportFailed` where the bucket does not take it. What was there under the key is replaced. */
  write(tenant: Tenant, bucket: string, key: string, bytes: AsyncIterable<Uint8Array>): Promise<boolean>
}
