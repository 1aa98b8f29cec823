import { metricStreamArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import { type ControlDatabase, inChunks, owner, stored, tenantOf } from './control-database.ts'
import type { MetricStreamRow } from './tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Metric streams, and how far each of them has been sent. */
export class MetricStreams {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(tenant: Tenant, name: string): Promise<MetricStream | undefined> {
    const row = await this.#ofTenant(tenant).where('name', '=', name).executeTakeFirst()
    return row && streamOf(row)
  }

  /** By name in code units. */
  async list(tenant: Tenant): Promise<readonly MetricStream[]> {
    const rows = await this.#ofTenant(tenant).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(streamOf)
  }

  /** Creates with the tags, to be sent from `updatedAt` on; or overwrites all but the state, the creation and the position. */
  async put(stream: MetricStream, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, arn, name, state, createdAt, updatedAt } = stream
    const definition = definitionOf(stream)
    await this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope
        .updateTable('metric_streams')
        .set({ definition, updated_at: updatedAt })
        .where(eb => eb.and(owner(tenant)))
        .where('name', '=', name)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      const row = { ...owner(tenant), name, state, definition, created_at: createdAt, updated_at: updatedAt, sent_up_to: updatedAt }
      await scope.insertInto('metric_streams').values(row).execute()
      await writeTags(scope, tenant, arn, tags)
    })
  }

  /** What is started is sent from now on; starting what runs, and stopping what does not, changes nothing. */
  async switch(tenant: Tenant, names: readonly string[], state: MetricStream['state'], now: EpochMillis): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const chunk of inChunks(names)) {
        await scope
          .updateTable('metric_streams')
          .set(state === 'running' ? { state, updated_at: now, sent_up_to: now } : { state, updated_at: now })
          .where(eb => eb.and(owner(tenant)))
          .where('name', 'in', chunk)
          .where('state', '<>', state)
          .execute()
      }
    })
  }

  /** With its tags; what is not there needs no deleting. */
  async delete(tenant: Tenant, name: string): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope
        .deleteFrom('metric_streams')
        .where(eb => eb.and(owner(tenant)))
        .where('name', '=', name)
        .execute()
      await deleteTags(scope, tenant, [metricStreamArn(tenant, name)])
    })
  }

  /** Those of all tenants that are to be sent, each with the instant up to which its receiver has everything. */
  async running(): Promise<readonly { readonly stream: MetricStream; readonly sentUpTo: EpochMillis }[]> {
    const rows = await this.#database.selectFrom('metric_streams').selectAll().where('state', '=', 'running').execute()
    return rows.map(row => ({ stream: streamOf(row), sentUpTo: epochMillis(row.sent_up_to) }))
  }

  /** The receiver has everything before `at`. A stream that was started anew meanwhile keeps its later position. */
  async setSentUpTo(tenant: Tenant, name: string, at: EpochMillis): Promise<void> {
    await this.#database
      .updateTable('metric_streams')
      .set({ sent_up_to: at })
      .where(eb => eb.and(owner(tenant)))
      .where('name', '=', name)
      .where('sent_up_to', '<', at)
      .execute()
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('metric_streams').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

type Definition = Pick<MetricStream, 'firehoseArn' | 'roleArn' | 'format' | 'include' | 'exclude' | 'statistics' | 'includeLinkedAccounts'>

const definitionOf = ({ firehoseArn, roleArn, format, include, exclude, statistics, includeLinkedAccounts }: MetricStream): string => {
  const definition: Definition = { firehoseArn, roleArn, format, include, exclude, statistics, includeLinkedAccounts }
  return JSON.stringify(definition)
}

const streamOf = (row: MetricStreamRow): MetricStream => {
  const tenant = tenantOf(row)
  return {
    ...stored<Definition>(row.definition),
    tenant,
    arn: metricStreamArn(tenant, row.name),
    name: row.name,
    state: row.state === 'running' ? 'running' : 'stopped',
    createdAt: epochMillis(row.created_at),
    updatedAt: epochMillis(row.updated_at),
  }
}
