import { scheduledQueryArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { ScheduledDelivery, ScheduledQuery, ScheduledRun, ScheduledRunStatus } from '../../model/scheduled-query.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { ScheduledQueryRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Runs that are kept of each. */
const KEPT_RUNS = 1_000

/** Queries that are run by the clock, and what came of it. */
export class ScheduledQueries {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** By name in code units. */
  async list(tenant: Tenant): Promise<readonly ScheduledQuery[]> {
    const rows = await this.#database
      .selectFrom('scheduled_queries')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(queryOf)
  }

  /** Of all tenants, those that are enabled. */
  async enabled(): Promise<readonly ScheduledQuery[]> {
    const rows = await this.#database.selectFrom('scheduled_queries').selectAll().where('state', '=', 'ENABLED').execute()
    return rows.map(queryOf)
  }

  async create(query: ScheduledQuery, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, id, arn, name, createdAt } = query
    const row = { ...owner(tenant), id, name, created_at: createdAt, triggered_at: null, last_status: null, ...changing(query) }
    await this.#database.transaction().execute(async scope => {
      await scope.insertInto('scheduled_queries').values(row).execute()
      await writeTags(scope, tenant, arn, tags)
    })
  }

  async update(query: ScheduledQuery): Promise<void> {
    await this.#database.updateTable('scheduled_queries').set(changing(query)).where('id', '=', query.id).execute()
  }

  /** With its history and its tags. */
  async delete({ tenant, id, arn }: Pick<ScheduledQuery, 'tenant' | 'id' | 'arn'>): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('scheduled_query_runs').where('schedule_id', '=', id).execute()
      await scope.deleteFrom('scheduled_queries').where('id', '=', id).execute()
      await deleteTags(scope, tenant, [arn])
    })
  }

  /** Notes that a run is due, before it begins: it is not run twice. */
  async trigger(id: string, at: EpochMillis): Promise<void> {
    await this.#database.updateTable('scheduled_queries').set({ triggered_at: at, last_status: 'Running' }).where('id', '=', id).execute()
  }

  /** Writes down what came of a run; nothing when the query is gone. */
  async add(id: string, { at, queryId, status, reason, delivery }: ScheduledRun): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope.updateTable('scheduled_queries').set({ last_status: status }).where('id', '=', id).executeTakeFirst()
      if (numUpdatedRows === 0n) return
      const row = { schedule_id: id, at, query_id: queryId ?? null, status, reason: reason ?? null, destinations: JSON.stringify(delivery ?? null) }
      await scope.insertInto('scheduled_query_runs').values(row).execute()
      const kept = scope.selectFrom('scheduled_query_runs').select('seq').where('schedule_id', '=', id).orderBy('seq', 'desc').limit(KEPT_RUNS)
      await scope.deleteFrom('scheduled_query_runs').where('schedule_id', '=', id).where('seq', 'not in', kept).execute()
    })
  }

  /** The newest first; both times inclusive. */
  async runs(id: string, from: number, to: number): Promise<readonly ScheduledRun[]> {
    const rows = await this.#database
      .selectFrom('scheduled_query_runs')
      .selectAll()
      .where('schedule_id', '=', id)
      .where('at', '>=', from)
      .where('at', '<=', to)
      .orderBy('seq', 'desc')
      .execute()
    return rows.map(row => ({
      at: epochMillis(row.at),
      queryId: row.query_id ?? undefined,
      status: row.status as ScheduledRunStatus,
      reason: row.reason ?? undefined,
      delivery: stored<ScheduledDelivery | null>(row.destinations) ?? undefined,
    }))
  }
}

type Definition = Pick<
  ScheduledQuery,
  'description' | 'text' | 'groups' | 'schedule' | 'timezone' | 'startOffset' | 'endOffset' | 'destination' | 'from' | 'until' | 'roleArn'
>

const changing = (query: ScheduledQuery) => {
  const { description, text, groups, schedule, timezone, startOffset, endOffset, destination, from, until, roleArn } = query
  const definition: Definition = { description, text, groups, schedule, timezone, startOffset, endOffset, destination, from, until, roleArn }
  return { state: query.enabled ? 'ENABLED' : 'DISABLED', updated_at: query.updatedAt, definition: JSON.stringify(definition) }
}

const queryOf = (row: ScheduledQueryRow): ScheduledQuery => {
  const tenant = tenantOf(row)
  return {
    ...stored<Definition>(row.definition),
    tenant,
    id: row.id,
    arn: scheduledQueryArn(tenant, row.id),
    name: row.name,
    enabled: row.state === 'ENABLED',
    createdAt: epochMillis(row.created_at),
    updatedAt: epochMillis(row.updated_at),
    triggeredAt: row.triggered_at === null ? undefined : epochMillis(row.triggered_at),
    lastStatus: row.last_status === null ? undefined : (row.last_status as ScheduledRunStatus),
  }
}
