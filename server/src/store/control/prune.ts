import type { EpochMillis } from '../../base/time.ts'
import type { ControlDatabase, ControlScope } from './control-database.ts'

const DAY = 86_400_000
/** How long each kind of row is kept, in milliseconds. */
const KEPT = {
  history: 14 * DAY,
  delivered: 14 * DAY,
  dead: 30 * DAY,
  audit: 90 * DAY,
  /** A lapsed temporary key still answers `ExpiredToken` for a day, rather than "no such key". */
  expiredKeys: DAY,
} as const

/** Rows removed in one transaction: short enough to hold up nobody. */
const ROWS_PER_STEP = 5_000

/** Removes one step's worth of what has outlived its time; answers whether more is left to remove. */
export const prune = async (database: ControlDatabase, now: EpochMillis): Promise<boolean> => {
  let most = 0n
  for (const step of STEPS) {
    const removed = await database.transaction().execute(scope => step(scope, now))
    if (removed > most) most = removed
  }
  return most >= BigInt(ROWS_PER_STEP)
}

type Step = (scope: ControlScope, now: EpochMillis) => Promise<bigint>

const history: Step = async (scope, now) => {
  const old = scope.selectFrom('alarm_history').select('seq').where('at', '<', now - KEPT.history).limit(ROWS_PER_STEP)
  return (await scope.deleteFrom('alarm_history').where('seq', 'in', old).executeTakeFirst()).numDeletedRows
}

const audit: Step = async (scope, now) => {
  const old = scope.selectFrom('audit').select('seq').where('at', '<', now - KEPT.audit).limit(ROWS_PER_STEP)
  return (await scope.deleteFrom('audit').where('seq', 'in', old).executeTakeFirst()).numDeletedRows
}

const deliveries =
  (state: 'delivered' | 'dead'): Step =>
  async (scope, now) => {
    const gone = await scope
      .deleteFrom('deliveries')
      .where('seq', 'in', old =>
        old
          .selectFrom('deliveries')
          .select('seq')
          .where('finished_at', 'is not', null)
          .where('state', '=', state)
          .where('finished_at', '<', now - KEPT[state])
          .limit(ROWS_PER_STEP),
      )
      .returning('message_seq')
      .execute()
    const messages = [...new Set(gone.map(row => row.message_seq))]
    if (messages.length > 0) {
      await scope
        .deleteFrom('messages')
        .where('seq', 'in', messages)
        .where(eb => eb.not(eb.exists(eb.selectFrom('deliveries').select('deliveries.seq').whereRef('message_seq', '=', 'messages.seq'))))
        .execute()
    }
    return BigInt(gone.length)
  }

const unconfirmed: Step = async (scope, now) =>
  (
    await scope
      .deleteFrom('subscriptions')
      .where('status', '<>', 'confirmed')
      .where('token_expires_at', '<', now)
      .executeTakeFirst()
  ).numDeletedRows

const expiredKeys: Step = async (scope, now) =>
  (
    await scope
      .deleteFrom('access_keys')
      .where('expires_at', 'is not', null)
      .where('expires_at', '<', now - KEPT.expiredKeys)
      .executeTakeFirst()
  ).numDeletedRows

const STEPS: readonly Step[] = [history, deliveries('delivered'), deliveries('dead'), audit, unconfirmed, expiredKeys]
