import { epochMillis } from '../../base/time.ts'
import type { AuditEntry, AuditFilter, AuditPage } from '../../model/audit.ts'
import { type ControlDatabase, type ControlScope, inChunks, owner, stored, tenantOf } from './control-database.ts'
import type { Unsynced } from './sqlite/unsynced.ts'

/** Who changed what. Entries are only ever added, and pruned by age. */
export class Audit {
  readonly #database: ControlDatabase
  readonly #unsynced: Unsynced

  constructor(database: ControlDatabase, unsynced: Unsynced) {
    this.#database = database
    this.#unsynced = unsynced
  }

  /** Unsynced entries may be forgotten in a power cut, though not when the process dies. */
  async append(entries: readonly AuditEntry[], { unsynced = false }: { readonly unsynced?: boolean } = {}): Promise<void> {
    if (entries.length === 0) return
    const rows = entries.map(entry => ({
      ...owner(entry.tenant),
      at: entry.at,
      request_id: entry.requestId,
      service: entry.service,
      operation: entry.operation,
      principal: entry.principal,
      access_key_id: entry.accessKeyId ?? null,
      source_address: entry.sourceAddress ?? null,
      user_agent: entry.userAgent ?? null,
      error_code: entry.errorCode ?? null,
      resources: JSON.stringify(entry.resources),
      parameters: entry.parameters,
    }))
    const insert = async (scope: ControlScope): Promise<void> => {
      for (const chunk of inChunks(rows)) await scope.insertInto('audit').values(chunk).execute()
    }
    await (unsynced ? this.#unsynced(insert) : this.#database.transaction().execute(insert))
  }

  /** Newest first. */
  async list(filter: AuditFilter): Promise<AuditPage> {
    let query = this.#database
      .selectFrom('audit')
      .selectAll()
      .where(eb => eb.and(owner(filter.tenant)))
      .orderBy('seq', 'desc')
      .limit(filter.limit + 1)
    if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
    if (filter.to !== undefined) query = query.where('at', '<=', filter.to)
    if (filter.operation !== undefined) query = query.where('operation', '=', filter.operation)
    if (filter.cursor !== undefined) query = query.where('seq', '<', Number(filter.cursor))
    const found = await query.execute()
    const rows = found.slice(0, filter.limit)
    const entries = rows.map(
      (row): AuditEntry => ({
        tenant: tenantOf(row),
        at: epochMillis(row.at),
        requestId: row.request_id,
        service: row.service,
        operation: row.operation,
        principal: row.principal,
        accessKeyId: row.access_key_id ?? undefined,
        sourceAddress: row.source_address ?? undefined,
        userAgent: row.user_agent ?? undefined,
        errorCode: row.error_code ?? undefined,
        resources: stored<readonly string[]>(row.resources),
        parameters: row.parameters,
      }),
    )
    return { entries, next: found.length > filter.limit ? String(rows.at(-1)?.seq) : undefined }
  }
}
