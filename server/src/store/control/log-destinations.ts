import { epochMillis } from '../../base/time.ts'
import type { LogDestination } from '../../model/log-filter.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { LogDestinationRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Destinations of log events. */
export class LogDestinations {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Of all tenants. */
  async all(): Promise<readonly LogDestination[]> {
    const rows = await this.#database.selectFrom('log_destinations').selectAll().execute()
    return rows.map(destinationOf)
  }

  /** Creates with the tags, or overwrites; tags only take effect on creation. */
  async put({ tenant, name, createdAt, ...definition }: LogDestination, tags: Readonly<Record<string, string>>): Promise<void> {
    const text = JSON.stringify(definition)
    await this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope
        .updateTable('log_destinations')
        .set({ definition: text })
        .where(eb => eb.and(owner(tenant)))
        .where('name', '=', name)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await scope.insertInto('log_destinations').values({ ...owner(tenant), name, created_at: createdAt, definition: text }).execute()
      await writeTags(scope, tenant, definition.arn, tags)
    })
  }

  /** With its tags. */
  async delete({ tenant, name, arn }: LogDestination): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('log_destinations').where(eb => eb.and(owner(tenant))).where('name', '=', name).execute()
      await deleteTags(scope, tenant, [arn])
    })
  }
}

const destinationOf = (row: LogDestinationRow): LogDestination => ({
  ...stored<Omit<LogDestination, 'tenant' | 'name' | 'createdAt'>>(row.definition),
  tenant: tenantOf(row),
  name: row.name,
  createdAt: epochMillis(row.created_at),
})
