import { sql } from 'kysely'
import { epochMillis, type EpochMillis, type Millis } from '../../base/time.ts'
import type { DeliveryAttempt, LeasedDelivery, MessageType, NextDelivery } from '../../model/notification.ts'
import { type ControlDatabase, type ControlScope, stored } from './control-database.ts'
import { GroupCommit } from './group-commit.ts'
import type { Listeners } from './listeners.ts'
import { publicationOf } from './message-rows.ts'
import type { Unsynced } from './sqlite/unsynced.ts'

interface Settlement {
  readonly seq: number
  readonly attempt: DeliveryAttempt
  readonly next: NextDelivery
}

/** The place on the wire is free before an attempt is recorded, and its lease holds on: a few turns more share many a wait for the disk. */
const TURNS_TO_GATHER = 8

/** The outbox as the senders see it: deliveries are leased, tried and settled; a dead sender's leases run out. */
export class DeliveryQueue {
  readonly #database: ControlDatabase
  readonly #unsynced: Unsynced
  readonly #added: Listeners<number>
  readonly #settlements: GroupCommit<Settlement>

  constructor(database: ControlDatabase, unsynced: Unsynced, added: Listeners<number>) {
    this.#database = database
    this.#unsynced = unsynced
    this.#added = added
    this.#settlements = new GroupCommit(settlements =>
      database.transaction().execute(async scope => {
        for (const part of eachOnce(settlements)) await settleAll(scope, part)
      }),
      TURNS_TO_GATHER,
    )
  }

  /**
   * Leases up to `limit` due deliveries until `leaseUntil`, oldest first, leaving out busy destinations and any delivery
   * that has an older unfinished one with the same order key. A lease need not survive a power cut: nobody is left to hold it.
   */
  async lease(
    now: EpochMillis,
    leaseUntil: EpochMillis,
    limit: number,
    busyDestinations: readonly string[],
  ): Promise<readonly LeasedDelivery[]> {
    return this.#unsynced(async scope => {
      let due = heads(scope).select('d.seq').where('d.due_at', '<=', now).where('d.leased_until', '<=', now)
      if (busyDestinations.length > 0) due = due.where('d.destination', 'not in', eachOf(busyDestinations))
      const seqs = (await due.orderBy('d.due_at').orderBy('d.seq').limit(limit).execute()).map(({ seq }) => seq)
      if (seqs.length === 0) return []
      await scope.updateTable('deliveries').set({ leased_until: leaseUntil }).where('seq', 'in', seqs).execute()
      return readLeased(scope, seqs)
    })
  }

  /** Records the attempt and what follows. A delivery that is finished already stays so: the attempt is still recorded. */
  settle(id: string, attempt: DeliveryAttempt, next: NextDelivery): Promise<void> {
    return this.#settlements.add({ seq: Number(id), attempt, next })
  }

  /** Gives back leases that a killed process held: all of them at start. */
  async releaseAll(): Promise<void> {
    await this.#database.updateTable('deliveries').set({ leased_until: 0 }).where('leased_until', '>', eb => eb.lit(0)).execute()
  }

  /** What is to be tried after `dueAfter` is tried earlier by so much, though not before `now`. */
  async bringForward(now: EpochMillis, dueAfter: EpochMillis, by: Millis): Promise<void> {
    await this.#database
      .updateTable('deliveries')
      .set({ due_at: sql<number>`max(${now}, due_at - ${by})` })
      .where('finished_at', 'is', null)
      .where('due_at', '>', dueAfter)
      .execute()
  }

  /** When the next delivery becomes due, or its lease runs out, if any waits. */
  async nextDue(): Promise<EpochMillis | undefined> {
    const free = await heads(this.#database)
      .select('d.due_at')
      .where('d.leased_until', '=', 0)
      .orderBy('d.due_at')
      .limit(1)
      .executeTakeFirst()
    const leased = await this.#database
      .selectFrom('deliveries')
      .select(({ fn }) => fn.min<number | null>('leased_until').as('until'))
      .where('leased_until', '>', eb => eb.lit(0))
      .executeTakeFirst()
    const times = [free?.due_at, leased?.until ?? undefined].filter(time => time !== undefined)
    return times.length === 0 ? undefined : epochMillis(Math.min(...times))
  }

  /** Called after each commit that added deliveries. */
  onAdded(listener: () => void): void {
    this.#added.add(listener)
  }
}

/** A list of any length as one bound value: SQLite's parameters are counted, and every length would be another statement. */
const eachOf = (texts: readonly string[]) => sql<string>`(select value from json_each(${JSON.stringify(texts)}))`

/** Open deliveries that no older open one with the same order key stands before. */
const heads = (scope: ControlScope) =>
  scope
    .selectFrom('deliveries as d')
    .where('d.finished_at', 'is', null)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('deliveries as older')
            .select('older.seq')
            .where('older.finished_at', 'is', null)
            .whereRef('older.order_key', '=', 'd.order_key')
            .whereRef('older.seq', '<', 'd.seq'),
        ),
      ),
    )

const readLeased = async (scope: ControlScope, seqs: readonly number[]): Promise<readonly LeasedDelivery[]> => {
  const rows = await scope
    .selectFrom('deliveries as d')
    .innerJoin('messages as m', 'm.seq', 'd.message_seq')
    .selectAll('m')
    .select(['d.seq as delivery_seq', 'd.type', 'd.target', 'd.token', 'd.attempts as tried', 'd.destination', 'd.order_key', 'd.due_at'])
    .where('d.seq', 'in', seqs)
    .orderBy('d.due_at')
    .orderBy('d.seq')
    .execute()
  return rows.map(row => {
    const publication = publicationOf(row)
    return {
      delivery: {
        id: String(row.delivery_seq),
        tenant: publication.tenant,
        type: row.type as MessageType,
        publication,
        subscription: stored<LeasedDelivery['delivery']['subscription']>(row.target),
        token: row.token ?? undefined,
        attempts: row.tried,
      },
      destination: row.destination,
      orderKey: row.order_key,
    }
  })
}

/** In parts that name no delivery twice, in their order; nearly always all in one. */
const eachOnce = (settlements: readonly Settlement[]): readonly (readonly Settlement[])[] => {
  const parts: Settlement[][] = []
  const times = new Map<number, number>()
  for (const settlement of settlements) {
    const part = times.get(settlement.seq) ?? 0
    times.set(settlement.seq, part + 1)
    ;(parts[part] ??= []).push(settlement)
  }
  return parts
}

/** Two statements however many they are: a thousand alarms can change at once, and the last one's message waits for all the others'. */
const settleAll = async (scope: ControlScope, settlements: readonly Settlement[]): Promise<void> => {
  const { rows } = await sql`
    update deliveries set
      attempts = attempts + (step.value ->> 'counted'),
      leased_until = 0,
      due_at = iif(finished_at is null, coalesce(step.value ->> 'due_at', due_at), due_at),
      state = iif(finished_at is null, coalesce(step.value ->> 'state', state), state),
      finished_at = coalesce(finished_at, step.value ->> 'finished_at')
    from json_each(${JSON.stringify(settlements.map(stepOf))}) as step
    where deliveries.seq = step.value ->> 'seq'
    returning deliveries.seq
  `.execute(scope)
  if (rows.length !== settlements.length) throw new Error(`no such delivery among ${settlements.map(({ seq }) => seq).join(', ')}`)
  await sql`
    insert into delivery_attempts (delivery_seq, number, at, duration_millis, kind, retryable, status, detail, retry_at)
    select
      attempt.value ->> 'delivery_seq',
      (select coalesce(max(number), 0) + 1 from delivery_attempts where delivery_seq = attempt.value ->> 'delivery_seq'),
      attempt.value ->> 'at', attempt.value ->> 'duration_millis', attempt.value ->> 'kind', attempt.value ->> 'retryable',
      attempt.value ->> 'status', attempt.value ->> 'detail', attempt.value ->> 'retry_at'
    from json_each(${JSON.stringify(settlements.map(attemptRow))}) as attempt
  `.execute(scope)
}

/** What an attempt changes of its delivery; members that are missing change nothing. */
const stepOf = ({ seq, attempt, next }: Settlement) =>
  next.kind === 'retry'
    ? { seq, counted: next.counts ? 1 : 0, due_at: Math.round(next.at) }
    : { seq, counted: 1, state: next.kind, finished_at: Math.round(attempt.at + attempt.durationMillis) }

const attemptRow = ({ seq, attempt: { at, durationMillis, outcome } }: Settlement) => ({
  delivery_seq: seq,
  at,
  duration_millis: Math.round(durationMillis),
  kind: outcome.kind,
  retryable: outcome.kind === 'failed' ? Number(outcome.retryable) : null,
  status: outcome.status ?? null,
  detail: outcome.detail.toWellFormed(),
  retry_at: outcome.kind === 'failed' ? (outcome.retryAt ?? null) : null,
})
