import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogExport, LogExportStatus } from '../../model/log-export.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { LogExportRow } from './log-tables.ts'

const ACTIVE: readonly LogExportStatus[] = ['PENDING', 'RUNNING', 'PENDING_CANCEL']
/** Finished exports are shown for so long. */
const SHOWN_MILLIS = 90 * 86_400_000

type Definition = Pick<LogExport, 'name' | 'group' | 'streamPrefix' | 'from' | 'to' | 'bucket' | 'prefix'>

/** Exports of log events, and what became of them. */
export class LogExports {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(tenant: Tenant, id: string): Promise<LogExport | undefined> {
    const row = await this.#database
      .selectFrom('log_exports')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .where('id', '=', id)
      .executeTakeFirst()
    return row && exportOf(row)
  }

  /** The newest first. */
  async list(tenant: Tenant): Promise<readonly LogExport[]> {
    const rows = await this.#database
      .selectFrom('log_exports')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    return rows.map(exportOf)
  }

  /** Of all accounts, those that have not come to an end, the oldest first. */
  async active(): Promise<readonly LogExport[]> {
    const rows = await this.#database.selectFrom('log_exports').selectAll().where('status', 'in', ACTIVE).orderBy('created_at').orderBy('id').execute()
    return rows.map(exportOf)
  }

  /** False when the tenant has an active one. */
  create(task: LogExport): Promise<boolean> {
    const { tenant, id, createdAt, name, group, streamPrefix, from, to, bucket, prefix } = task
    const definition: Definition = { name, group, streamPrefix, from, to, bucket, prefix }
    return this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('log_exports').where('finished_at', '<', createdAt - SHOWN_MILLIS).execute()
      const active = await scope
        .selectFrom('log_exports')
        .select('id')
        .where(eb => eb.and(owner(tenant)))
        .where('status', 'in', ACTIVE)
        .executeTakeFirst()
      if (active !== undefined) return false
      const row = { ...owner(tenant), id, status: task.status, message: null, definition: JSON.stringify(definition), created_at: createdAt, finished_at: null }
      await scope.insertInto('log_exports').values(row).execute()
      return true
    })
  }

  /** False when it is in none of these states any more. */
  async move(id: string, from: readonly LogExportStatus[], to: LogExportStatus, message?: string, finishedAt?: EpochMillis): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('log_exports')
      .set({ status: to, message: message ?? null, finished_at: finishedAt ?? null })
      .where('id', '=', id)
      .where('status', 'in', from)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
}

const exportOf = (row: LogExportRow): LogExport => ({
  ...stored<Definition>(row.definition),
  tenant: tenantOf(row),
  id: row.id,
  status: row.status as LogExportStatus,
  message: row.message ?? undefined,
  createdAt: epochMillis(row.created_at),
  finishedAt: row.finished_at === null ? undefined : epochMillis(row.finished_at),
})
