import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import { type ControlDatabase, stored } from './control-database.ts'

interface Kinds {
  readonly metric: LogMetricFilter
  readonly subscription: LogSubscriptionFilter
}

/** Filters of one kind as they are defined; `store/logs/filter-directory.ts` keeps them at hand. They go with their group. */
export class LogFilters<Kind extends keyof Kinds> {
  readonly #database: ControlDatabase
  readonly #kind: Kind

  constructor(database: ControlDatabase, kind: Kind) {
    this.#database = database
    this.#kind = kind
  }

  async all(): Promise<readonly Kinds[Kind][]> {
    const rows = await this.#database.selectFrom('log_filters').selectAll().where('kind', '=', this.#kind).execute()
    return rows.map(({ group_id: group, name, definition }) => ({ ...stored<Kinds[Kind]>(definition), group, name }))
  }

  /** Creates or overwrites; fails when the group is gone. */
  async put({ group, name, ...definition }: Kinds[Kind]): Promise<void> {
    const text = JSON.stringify(definition)
    await this.#database
      .insertInto('log_filters')
      .values({ group_id: group, kind: this.#kind, name, definition: text })
      .onConflict(conflict => conflict.columns(['group_id', 'kind', 'name']).doUpdateSet({ definition: text }))
      .execute()
  }

  async delete(group: number, name: string): Promise<void> {
    await this.#database.deleteFrom('log_filters').where('group_id', '=', group).where('kind', '=', this.#kind).where('name', '=', name).execute()
  }
}
