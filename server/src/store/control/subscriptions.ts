import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { Subscription } from '../../model/topic.ts'
import { type ControlDatabase, owner } from './control-database.ts'
import { subscriptionOf, subscriptionRow } from './subscription-rows.ts'

/** How many subscriptions of a topic are in each state; lapsed ones are none. */
export interface SubscriptionCounts {
  readonly confirmed: number
  readonly pending: number
  readonly deleted: number
}

export class Subscriptions {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(tenant: Tenant, arn: string): Promise<Subscription | undefined> {
    const row = await this.#ofTenant(tenant).where('arn', '=', arn).executeTakeFirst()
    return row && subscriptionOf(row)
  }

  /** In order of creation; all of the tenant's, or one topic's. Deleted ones and pending ones whose token has expired are left out. */
  async list(tenant: Tenant, topicArn: string | undefined, now: EpochMillis): Promise<readonly Subscription[]> {
    let query = this.#ofTenant(tenant)
      .where(eb => eb.or([eb('status', '=', 'confirmed'), eb.and([eb('status', '=', 'pending'), eb('token_expires_at', '>', now)])]))
      .orderBy('seq')
    if (topicArn !== undefined) query = query.where('topic_arn', '=', topicArn)
    return (await query.execute()).map(subscriptionOf)
  }

  async find(tenant: Tenant, topicArn: string, protocol: string, endpoint: string): Promise<Subscription | undefined> {
    const row = await this.#ofTenant(tenant)
      .where('topic_arn', '=', topicArn)
      .where('protocol', '=', protocol)
      .where('endpoint', '=', endpoint)
      .executeTakeFirst()
    return row && subscriptionOf(row)
  }

  /** Anonymous confirmation: the token is the proof, whatever the tenant. */
  async byToken(token: string): Promise<Subscription | undefined> {
    const row = await this.#database.selectFrom('subscriptions').selectAll().where('token', '=', token).executeTakeFirst()
    return row && subscriptionOf(row)
  }

  /** Anonymous unsubscription: the ARN holds a UUID that only the subscriber was told. */
  async byArn(arn: string): Promise<Subscription | undefined> {
    const row = await this.#database.selectFrom('subscriptions').selectAll().where('arn', '=', arn).executeTakeFirst()
    return row && subscriptionOf(row)
  }

  /** Takes the place of an older one of the same topic, protocol and endpoint. */
  async put(subscription: Subscription): Promise<void> {
    const row = subscriptionRow(subscription)
    await this.#database
      .insertInto('subscriptions')
      .values(row)
      .onConflict(conflict => conflict.columns(['topic_arn', 'protocol', 'endpoint']).doUpdateSet(row))
      .execute()
  }

  async count(tenant: Tenant, topicArn: string, now: EpochMillis): Promise<SubscriptionCounts> {
    const rows = await this.#database
      .selectFrom('subscriptions')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .where(eb => eb.and(owner(tenant)))
      .where('topic_arn', '=', topicArn)
      .where(eb => eb.or([eb('status', '=', 'confirmed'), eb('token_expires_at', '>', now)]))
      .groupBy('status')
      .execute()
    const counts = new Map(rows.map(({ status, count }) => [status, count]))
    return { confirmed: counts.get('confirmed') ?? 0, pending: counts.get('pending') ?? 0, deleted: counts.get('deleted') ?? 0 }
  }

  async delete(arn: string): Promise<void> {
    await this.#database.deleteFrom('subscriptions').where('arn', '=', arn).execute()
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('subscriptions').selectAll().where(eb => eb.and(owner(tenant)))
  }
}
