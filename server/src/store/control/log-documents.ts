import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { LogDocument, LogDocumentKind } from '../../model/log-document.ts'
import { type ControlDatabase, owner, tenantOf } from './control-database.ts'
import type { LogDocumentRow } from './log-tables.ts'

/** Definitions for logs, as they were sent. */
export class LogDocuments {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Of all accounts. */
  async all(kind: LogDocumentKind): Promise<readonly LogDocument[]> {
    const rows = await this.#database.selectFrom('log_documents').selectAll().where('kind', '=', kind).execute()
    return rows.map(documentOf)
  }

  async get(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<LogDocument | undefined> {
    const row = await this.#ofTenant(tenant, kind).where('name', '=', name).executeTakeFirst()
    return row && documentOf(row)
  }

  /** By name in code units. */
  async list(tenant: Tenant, kind: LogDocumentKind): Promise<readonly LogDocument[]> {
    const rows = await this.#ofTenant(tenant, kind).execute()
    return rows.map(documentOf).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Creates it, or overwrites all but its creation. */
  async put(document: LogDocument): Promise<void> {
    const { tenant, kind, name, createdAt } = document
    const content = { group_id: document.group ?? null, document: document.document, updated_at: document.updatedAt }
    await this.#database
      .insertInto('log_documents')
      .values({ ...owner(tenant), kind, name, created_at: createdAt, ...content })
      .onConflict(conflict => conflict.columns(['account', 'region', 'kind', 'name']).doUpdateSet(content))
      .execute()
  }

  /** False when it was not there. */
  async delete(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('log_documents')
      .where(eb => eb.and(owner(tenant)))
      .where('kind', '=', kind)
      .where('name', '=', name)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  #ofTenant(tenant: Tenant, kind: LogDocumentKind) {
    return this.#database
      .selectFrom('log_documents')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .where('kind', '=', kind)
  }
}

const documentOf = (row: LogDocumentRow): LogDocument => ({
  tenant: tenantOf(row),
  kind: row.kind as LogDocumentKind,
  name: row.name,
  group: row.group_id ?? undefined,
  document: row.document,
  createdAt: epochMillis(row.created_at),
  updatedAt: epochMillis(row.updated_at),
})
