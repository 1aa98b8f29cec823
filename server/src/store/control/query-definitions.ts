import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { QueryDefinition } from '../../model/query-definition.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { QueryDefinitionRow } from './log-tables.ts'

/** Saved queries. */
export class QueryDefinitions {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** By name in code units, those of one name by their ids. */
  async list(tenant: Tenant): Promise<readonly QueryDefinition[]> {
    const rows = await this.#database
      .selectFrom('query_definitions')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .execute()
    return rows.sort((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1)).map(definitionOf)
  }

  async create(definition: QueryDefinition): Promise<void> {
    const row = { ...owner(definition.tenant), id: definition.id, ...changing(definition) }
    await this.#database.insertInto('query_definitions').values(row).execute()
  }

  /** False when the tenant has none of that id. */
  async update(definition: QueryDefinition): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('query_definitions')
      .set(changing(definition))
      .where(eb => eb.and(owner(definition.tenant)))
      .where('id', '=', definition.id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** False when the tenant has none of that id. */
  async delete(tenant: Tenant, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('query_definitions')
      .where(eb => eb.and(owner(tenant)))
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }
}

type Definition = Pick<QueryDefinition, 'text' | 'groups' | 'parameters'>

const changing = ({ name, text, groups, parameters, modifiedAt }: QueryDefinition) => {
  const definition: Definition = { text, groups, parameters }
  return { name, modified_at: modifiedAt, definition: JSON.stringify(definition) }
}

const definitionOf = (row: QueryDefinitionRow): QueryDefinition => ({
  ...stored<Definition>(row.definition),
  tenant: tenantOf(row),
  id: row.id,
  name: row.name,
  modifiedAt: epochMillis(row.modified_at),
})
