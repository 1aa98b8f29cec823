import type { Arn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { Topic } from '../../model/topic.ts'
import { type ControlDatabase, inChunks, owner, stored, tenantOf } from './control-database.ts'
import { deleteTags, writeTags } from './tags.ts'
import type { TopicRow } from './tables.ts'

export class Topics {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(tenant: Tenant, arn: string): Promise<Topic | undefined> {
    const row = await this.#ofTenant(tenant).where('arn', '=', arn).executeTakeFirst()
    return row && topicOf(row)
  }

  /** By name. */
  async list(tenant: Tenant): Promise<readonly Topic[]> {
    const rows = await this.#ofTenant(tenant).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(topicOf)
  }

  /** Which of these are not topics, of whatever tenant: alarms ask before they publish. */
  async missing(arns: readonly string[]): Promise<ReadonlySet<string>> {
    const missing = new Set(arns)
    for (const chunk of inChunks(arns)) {
      const rows = await this.#database.selectFrom('topics').select('arn').where('arn', 'in', chunk).execute()
      for (const { arn } of rows) missing.delete(arn)
    }
    return missing
  }

  /** Creates with the tags, or overwrites the attributes. */
  async put(topic: Topic, tags: Readonly<Record<string, string>> = {}): Promise<void> {
    const attributes = JSON.stringify(topic.attributes)
    await this.#database.transaction().execute(async scope => {
      await scope
        .insertInto('topics')
        .values({ arn: topic.arn, ...owner(topic.tenant), name: topic.name, attributes, created_at: topic.createdAt })
        .onConflict(conflict => conflict.columns(['account', 'region', 'name']).doUpdateSet({ attributes }))
        .execute()
      await writeTags(scope, topic.tenant, topic.arn, tags)
    })
  }

  /** Removes the topic, its tags and (by the foreign key) its subscriptions. What is already in the outbox still goes out. */
  async delete(tenant: Tenant, arn: string): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope
        .deleteFrom('topics')
        .where(eb => eb.and(owner(tenant)))
        .where('arn', '=', arn)
        .execute()
      await deleteTags(scope, tenant, [arn])
    })
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('topics').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

const topicOf = (row: TopicRow): Topic => ({
  tenant: tenantOf(row),
  arn: row.arn as Arn,
  name: row.name,
  attributes: stored<Readonly<Record<string, string>>>(row.attributes),
  createdAt: epochMillis(row.created_at),
})
