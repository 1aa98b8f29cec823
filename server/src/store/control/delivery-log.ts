import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { displayEndpoint } from '../../model/endpoint.ts'
import type {
  DeliveryAttempt,
  DeliveryFilter,
  DeliveryPage,
  DeliveryRecord,
  DeliveryState,
  DeliveryTarget,
  MessageType,
} from '../../model/notification.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { AttemptRow } from './tables.ts'

/** How much waits and how much has been given up, over all tenants: for the health page. */
export interface DeliveryCounts {
  readonly pending: number
  readonly dead: number
  readonly oldestPending: EpochMillis | undefined
}

/** The outbox as an operator sees it: what was sent where, every attempt and its answer, no secrets. */
export class DeliveryLog {
  readonly #database: ControlDatabase
  readonly #added: Listeners<number>

  constructor(database: ControlDatabase, added: Listeners<number>) {
    this.#database = database
    this.#added = added
  }

  /** Newest first. */
  async list(filter: DeliveryFilter): Promise<DeliveryPage> {
    let query = this.#database
      .selectFrom('deliveries as d')
      .innerJoin('messages as m', 'm.seq', 'd.message_seq')
      .selectAll('d')
      .select(['m.message_id', 'm.subject', 'm.published_at'])
      .where('d.account', '=', filter.tenant.account)
      .where('d.region', '=', filter.tenant.region)
      .orderBy('d.seq', 'desc')
      .limit(filter.limit + 1)
    if (filter.alarmArn !== undefined) query = query.where('d.alarm_arn', '=', filter.alarmArn)
    if (filter.topicArn !== undefined) query = query.where('d.topic_arn', '=', filter.topicArn)
    if (filter.state !== undefined) query = query.where('d.state', '=', filter.state)
    if (filter.cursor !== undefined) query = query.where('d.seq', '<', Number(filter.cursor))
    const found = await query.execute()
    const rows = found.slice(0, filter.limit)
    const attempts = await this.#attempts(rows.map(({ seq }) => seq))
    const deliveries = rows.map((row): DeliveryRecord => {
      const target = stored<DeliveryTarget>(row.target)
      return {
        id: String(row.seq),
        tenant: tenantOf(row),
        type: row.type as MessageType,
        topicArn: row.topic_arn,
        subscriptionArn: target.arn,
        protocol: target.protocol,
        endpoint: displayEndpoint(target.protocol, target.endpoint),
        alarmArn: row.alarm_arn ?? undefined,
        messageId: row.message_id,
        subject: row.subject ?? undefined,
        publishedAt: epochMillis(row.published_at),
        state: row.state as DeliveryState,
        dueAt: row.finished_at === null ? epochMillis(row.due_at) : undefined,
        finishedAt: row.finished_at === null ? undefined : epochMillis(row.finished_at),
        attempts: attempts.get(row.seq) ?? [],
      }
    })
    return { deliveries, next: found.length > filter.limit ? deliveries.at(-1)?.id : undefined }
  }

  /** Gives a dead letter another life; false when the tenant has no such dead letter. */
  async retry(tenant: Tenant, id: string, now: EpochMillis): Promise<boolean> {
    const revived = await this.#database
      .updateTable('deliveries')
      .set({ state: 'pending', finished_at: null, due_at: now, leased_until: 0 })
      .where(eb => eb.and(owner(tenant)))
      .where('seq', '=', Number(id))
      .where('state', '=', 'dead')
      .executeTakeFirst()
    if (revived.numUpdatedRows === 0n) return false
    this.#added.tell(1)
    return true
  }

  async counts(): Promise<DeliveryCounts> {
    const open = await this.#database
      .selectFrom('deliveries')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<number | null>('created_at').as('oldest')])
      .where('finished_at', 'is', null)
      .executeTakeFirstOrThrow()
    const dead = await this.#database
      .selectFrom('deliveries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('finished_at', 'is not', null)
      .where('state', '=', 'dead')
      .executeTakeFirstOrThrow()
    return { pending: open.count, dead: dead.count, oldestPending: open.oldest === null ? undefined : epochMillis(open.oldest) }
  }

  async #attempts(seqs: readonly number[]): Promise<ReadonlyMap<number, readonly DeliveryAttempt[]>> {
    const attempts = new Map<number, DeliveryAttempt[]>()
    if (seqs.length === 0) return attempts
    const rows = await this.#database
      .selectFrom('delivery_attempts')
      .selectAll()
      .where('delivery_seq', 'in', seqs)
      .orderBy('delivery_seq')
      .orderBy('number')
      .execute()
    for (const row of rows) {
      const list = attempts.get(row.delivery_seq)
      if (list === undefined) attempts.set(row.delivery_seq, [attemptOf(row)])
      else list.push(attemptOf(row))
    }
    return attempts
  }
}

const attemptOf = (row: AttemptRow): DeliveryAttempt => ({
  at: epochMillis(row.at),
  durationMillis: row.duration_millis,
  outcome:
    row.kind === 'delivered'
      ? { kind: 'delivered', status: row.status ?? undefined, detail: row.detail }
      : {
          kind: 'failed',
          retryable: row.retryable === 1,
          status: row.status ?? undefined,
          detail: row.detail,
          retryAt: row.retry_at === null ? undefined : epochMillis(row.retry_at),
        },
})
