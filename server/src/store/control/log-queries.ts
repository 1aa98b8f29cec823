import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogQuery, LogQueryStatistics, LogQueryStatus } from '../../model/log-query.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { Unsynced } from './sqlite/unsynced.ts'
import type { LogQueryRecord } from './log-tables.ts'

/** Queries of log events that were started in the last days. One that a power cut makes forgotten can be run again; a killed process forgets none. */
export class LogQueries {
  readonly #database: ControlDatabase
  readonly #unsynced: Unsynced

  constructor(database: ControlDatabase, unsynced: Unsynced) {
    this.#database = database
    this.#unsynced = unsynced
  }

  /** Whoever's it is. */
  async get(id: string): Promise<LogQuery | undefined> {
    const row = await this.#database.selectFrom('log_queries').selectAll().where('id', '=', id).executeTakeFirst()
    return row && queryOf(row)
  }

  /** The newest first. */
  async list(tenant: Tenant): Promise<readonly LogQuery[]> {
    const rows = await this.#database
      .selectFrom('log_queries')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    return rows.map(queryOf)
  }

  async add(query: LogQuery): Promise<void> {
    const { tenant, id, createdAt, text, groups, start, end, startedBy } = query
    const definition: Definition = { text, groups, start, end, startedBy }
    const row = { ...owner(tenant), id, created_at: createdAt, definition: JSON.stringify(definition), ...changing(query) }
    await this.#unsynced(scope => scope.insertInto('log_queries').values(row).execute())
  }

  async update(query: LogQuery): Promise<void> {
    await this.#unsynced(scope => scope.updateTable('log_queries').set(changing(query)).where('id', '=', query.id).execute())
  }

  /** Those that a server which ended left unfinished. */
  async fail(reason: string, at: EpochMillis): Promise<void> {
    await this.#database
      .updateTable('log_queries')
      .set({ status: 'Failed', reason, finished_at: at })
      .where('status', 'in', ['Scheduled', 'Running'])
      .execute()
  }

  /** Forgets all that began before. */
  async forget(before: EpochMillis): Promise<void> {
    await this.#database.deleteFrom('log_queries').where('created_at', '<', before).execute()
  }

  async ids(): Promise<ReadonlySet<string>> {
    const rows = await this.#database.selectFrom('log_queries').select('id').execute()
    return new Set(rows.map(({ id }) => id))
  }
}

type Definition = Pick<LogQuery, 'text' | 'groups' | 'start' | 'end' | 'startedBy'>

const changing = ({ status, statistics, rows, finishedAt, reason }: LogQuery) => ({
  status,
  statistics: JSON.stringify(statistics),
  rows,
  finished_at: finishedAt ?? null,
  reason: reason ?? null,
})

const queryOf = (row: LogQueryRecord): LogQuery => ({
  ...stored<Definition>(row.definition),
  tenant: tenantOf(row),
  id: row.id,
  createdAt: epochMillis(row.created_at),
  status: row.status as LogQueryStatus,
  statistics: stored<LogQueryStatistics>(row.statistics),
  rows: row.rows,
  finishedAt: row.finished_at === null ? undefined : epochMillis(row.finished_at),
  reason: row.reason ?? undefined,
})
