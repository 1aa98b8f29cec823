import { lookupTableArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { LookupTableSummary } from '../../model/lookup-table.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { LookupTableRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Lookup tables. Their names and columns are at hand, since queries are read against them; what they hold is fetched. */
export class LookupTables {
  readonly #database: ControlDatabase
  readonly #known = new Map<string, LookupTableSummary>()

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Before anything else is asked for. */
  async open(): Promise<void> {
    const rows = await this.#database.selectFrom('lookup_tables').select(['account', 'region', 'name', 'updated_at', 'definition']).execute()
    for (const row of rows) this.#known.set(keyOf(tenantOf(row), row.name), summaryOf(row))
  }

  get(tenant: Tenant, name: string): LookupTableSummary | undefined {
    return this.#known.get(keyOf(tenant, name))
  }

  /** By name in code units. */
  list({ account, region }: Tenant): readonly LookupTableSummary[] {
    return [...this.#known.values()]
      .filter(({ tenant }) => tenant.account === account && tenant.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Its CSV; undefined when it is gone. */
  async body(tenant: Tenant, name: string): Promise<string | undefined> {
    const row = await this.#database
      .selectFrom('lookup_tables')
      .select('body')
      .where(eb => eb.and(owner(tenant)))
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.body
  }

  /** Creates or overwrites; tags are added. */
  async put(table: LookupTableSummary, body: string, tags: Readonly<Record<string, string>> = {}): Promise<void> {
    const { tenant, name, description, kmsKeyId, columns, records, bytes, updatedAt } = table
    const definition: Definition = { description, kmsKeyId, columns, records, bytes }
    const changing = { updated_at: updatedAt, definition: JSON.stringify(definition), body }
    await this.#database.transaction().execute(async scope => {
      await scope
        .insertInto('lookup_tables')
        .values({ ...owner(tenant), name, ...changing })
        .onConflict(conflict => conflict.columns(['account', 'region', 'name']).doUpdateSet(changing))
        .execute()
      await writeTags(scope, tenant, lookupTableArn(tenant, name), tags)
    })
    this.#known.set(keyOf(tenant, name), table)
  }

  /** With its tags. */
  async delete(tenant: Tenant, name: string): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('lookup_tables').where(eb => eb.and(owner(tenant))).where('name', '=', name).execute()
      await deleteTags(scope, tenant, [lookupTableArn(tenant, name)])
    })
    this.#known.delete(keyOf(tenant, name))
  }
}

type Definition = Pick<LookupTableSummary, 'description' | 'kmsKeyId' | 'columns' | 'records' | 'bytes'>

const keyOf = ({ account, region }: Tenant, name: string): string => `${account} ${region} ${name}`

const summaryOf = (row: Omit<LookupTableRow, 'body'>): LookupTableSummary => ({
  ...stored<Definition>(row.definition),
  tenant: tenantOf(row),
  name: row.name,
  updatedAt: epochMillis(row.updated_at),
})
