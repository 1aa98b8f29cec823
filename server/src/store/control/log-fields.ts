import { type ControlDatabase, inChunks } from './control-database.ts'

/** A discovered field of a log group, and the column of its own that it has in `log_events`; without one it stays in the message. */
export interface LogField {
  readonly group: number
  readonly name: string
  readonly slot: string | undefined
}

/** Which column holds which field of which group. */
export class LogFields {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async all(): Promise<readonly LogField[]> {
    const rows = await this.#database.selectFrom('log_fields').selectAll().execute()
    return rows.map(({ group_id, name, slot }) => ({ group: group_id, name, slot: slot ?? undefined }))
  }

  /** Adds, or takes a column away. Fields of groups that are gone meanwhile are left out. */
  async put(fields: readonly LogField[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      const groups = new Set<number>()
      for (const chunk of inChunks([...new Set(fields.map(({ group }) => group))])) {
        for (const { id } of await scope.selectFrom('log_groups').select('id').where('id', 'in', chunk).execute()) groups.add(id)
      }
      const rows = fields.filter(({ group }) => groups.has(group)).map(({ group, name, slot }) => ({ group_id: group, name, slot: slot ?? null }))
      for (const chunk of inChunks(rows)) {
        await scope
          .insertInto('log_fields')
          .values(chunk)
          .onConflict(conflict => conflict.columns(['group_id', 'name']).doUpdateSet(given => ({ slot: given.ref('excluded.slot') })))
          .execute()
      }
    })
  }
}
