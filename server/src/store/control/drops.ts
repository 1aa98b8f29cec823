import type { Selectable } from 'kysely'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { OWN_BUCKETS, type DropClaim, type DropProgress, type DropRule, type DropVersion, type QuarantinedDrop } from '../../model/drop.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import { type ControlDatabase, type ControlScope, owner, tenantOf } from './control-database.ts'
import { moveFollower } from './object-feed.ts'
import type { DropRow, DropRuleRow } from './object-tables.ts'

/** Of an account and region; the oldest go first. */
const MOST_QUARANTINED = 10_000
/** Characters of what is said about a broken object. */
const MOST_DETAIL = 1_000

/** Which objects hold logs, and how far each version of them has been taken. */
export class Drops {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Of everybody; by prefix in code units. */
  async allRules(): Promise<readonly DropRule[]> {
    return (await this.#database.selectFrom('drop_rules').selectAll().orderBy('bucket').orderBy('prefix').execute()).map(ruleOf)
  }

  async putRule({ tenant, bucket, prefix, logGroup }: DropRule): Promise<void> {
    await this.#database
      .insertInto('drop_rules')
      .values({ ...owner(tenant), bucket, prefix, log_group: logGroup ?? null })
      .onConflict(conflict => conflict.columns(['account', 'region', 'bucket', 'prefix']).doUpdateSet({ log_group: logGroup ?? null }))
      .execute()
  }

  /** False when there is none. */
  async deleteRule(tenant: Tenant, bucket: string, prefix: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('drop_rules')
      .where(eb => eb.and({ ...owner(tenant), bucket, prefix }))
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  /** Undefined: nothing was taken of this version. */
  async progress(version: DropVersion): Promise<DropProgress | undefined> {
    const row = await this.#database.selectFrom('drops').selectAll().where(eb => eb.and(keyOf(version))).executeTakeFirst()
    return row && progressOf(row)
  }

  /** Before a batch is put into the group: what came before it is there, and this one may be there from now on. */
  async claim(version: DropVersion, place: Pick<DropProgress, 'logGroup' | 'stream' | 'events'>, claim: DropClaim, at: EpochMillis): Promise<void> {
    await write(this.#database, version, { ...placed(place), state: 'taking', claim_seq: String(claim.firstSeq), claim_count: claim.count, claim_marks: '', at })
  }

  /** Whether that is what came of the batch which is claimed under this number. */
  async has(mark: OnceMark): Promise<boolean> {
    return isNoted(this.#database, mark)
  }

  async note(marks: readonly OnceMark[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const mark of marks) await noteMark(scope, mark)
    })
  }

  /** Under which number the events were last put, or may have been, that come of the batch which is claimed. */
  async claimOf({ firstSeq, what }: OnceMark): Promise<bigint | undefined> {
    const last = (await marksOf(this.#database, firstSeq)).findLast(mark => mark.startsWith(`${what}=`))
    return last === undefined ? undefined : BigInt(last.slice(what.length + 1))
  }

  async noteClaim({ firstSeq, what }: OnceMark, first: bigint): Promise<void> {
    await appendMark(this.#database, firstSeq, `${what}=${first}`)
  }

  /**
   * All of it is in the group, or as much as can be read (`broken`). With `passed` the feed's follower is through with the entry in the same
   * transaction; nothing else remembers the version then, unless it is broken.
   */
  async finish(version: DropVersion, { place, broken, passed, at }: DropEnd): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      if (broken !== undefined) {
        const { reason, detail } = broken
        await write(scope, version, { ...placed(place), ...NO_CLAIM, state: 'quarantined', reason, detail: detail.slice(0, MOST_DETAIL), at })
        await forgetOldest(scope, version.tenant)
      } else if (passed === undefined) await write(scope, version, { ...placed(place), ...NO_CLAIM, state: 'taken', at })
      else await scope.deleteFrom('drops').where(eb => eb.and(keyOf(version))).execute()
      if (passed !== undefined) await moveFollower(scope, passed.follower, passed.entry)
    })
  }

  /** The versions of a source that were taken or are quarantined, as `key` and `version`. */
  async known(tenant: Tenant, source: string): Promise<readonly { readonly key: string; readonly version: string }[]> {
    return this.#database
      .selectFrom('drops')
      .select(['key', 'version'])
      .where(eb => eb.and({ ...owner(tenant), source }))
      .where('state', '<>', 'taking')
      .execute()
  }

  /** A version that is not in its source any more; what is quarantined stays listed. */
  async forget(tenant: Tenant, source: string, key: string, version: string): Promise<void> {
    await this.#database
      .deleteFrom('drops')
      .where(eb => eb.and({ ...owner(tenant), source, key, version }))
      .where('state', '<>', 'quarantined')
      .execute()
  }

  /** Newest first, after the one with the id `before`. */
  async quarantined(tenant: Tenant, before: number | undefined, limit: number): Promise<readonly QuarantinedDrop[]> {
    const rows = await this.#database
      .selectFrom('drops')
      .selectAll()
      .where(eb => eb.and({ ...owner(tenant), state: 'quarantined' }))
      .where('id', '<', before ?? Number.MAX_SAFE_INTEGER)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(quarantinedOf)
  }

  /** Takes it off the list; the object itself is left alone. False when there is none. */
  dismiss(tenant: Tenant, id: number): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const found = await scope.selectFrom('drops').select('id').where(eb => eb.and({ ...owner(tenant), id, state: 'quarantined' })).executeTakeFirst()
      if (found !== undefined) await unlist(scope, [id])
      return found !== undefined
    })
  }

  /** Out of the quarantine, to be read on behind the events that were read. False when there is none. */
  async release(tenant: Tenant, id: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('drops')
      .set({ ...NO_CLAIM, state: 'taking', reason: null, detail: null })
      .where(eb => eb.and({ ...owner(tenant), id, state: 'quarantined' }))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** Of the house's own buckets, what is not taken to its end: under way, or released. */
  async unfinished(): Promise<readonly DropVersion[]> {
    const rows = await this.#database.selectFrom('drops').selectAll().where('state', '=', 'taking').where('source', 'like', `${OWN_BUCKETS}%`).orderBy('id').execute()
    return rows.map(versionOf)
  }

  /** Of everybody. */
  async countQuarantined(): Promise<number> {
    const { count } = await this.#database
      .selectFrom('drops')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', '=', 'quarantined')
      .executeTakeFirstOrThrow()
    return count
  }
}

/** What came of an object. */
export interface DropEnd {
  readonly place: Pick<DropProgress, 'logGroup' | 'stream' | 'events'>
  readonly broken?: { readonly reason: string; readonly detail: string } | undefined
  readonly passed?: { readonly follower: string; readonly entry: number } | undefined
  readonly at: EpochMillis
}

type Changing = Omit<DropRow, 'id' | 'account' | 'region' | 'source' | 'key' | 'version' | 'size' | 'modified_at' | 'reason' | 'detail'> &
  Partial<Pick<DropRow, 'reason' | 'detail'>>

const NO_CLAIM = { claim_seq: null, claim_count: null, claim_marks: '' } as const

const placed = ({ logGroup, stream, events }: Pick<DropProgress, 'logGroup' | 'stream' | 'events'>) => ({ log_group: logGroup, stream, events })

const keyOf = ({ tenant, source, key, version }: DropVersion) => ({ ...owner(tenant), source, key, version })

const write = async (scope: ControlScope, version: DropVersion, changing: Changing): Promise<void> => {
  await scope
    .insertInto('drops')
    .values({ ...keyOf(version), size: version.size, modified_at: version.modifiedAt, ...changing })
    .onConflict(conflict => conflict.columns(['account', 'region', 'source', 'key', 'version']).doUpdateSet(changing))
    .execute()
}

const marksOf = async (scope: ControlScope, firstSeq: bigint): Promise<readonly string[]> => {
  const row = await scope.selectFrom('drops').select('claim_marks').where('state', '=', 'taking').where('claim_seq', '=', String(firstSeq)).executeTakeFirst()
  return row?.claim_marks.split(' ') ?? []
}

const isNoted = async (scope: ControlScope, { firstSeq, what }: OnceMark): Promise<boolean> => (await marksOf(scope, firstSeq)).includes(what)

const appendMark = async (scope: ControlScope, firstSeq: bigint, text: string): Promise<void> => {
  await scope
    .updateTable('drops')
    .set(eb => ({ claim_marks: eb('claim_marks', '||', ` ${text}`) }))
    .where('state', '=', 'taking')
    .where('claim_seq', '=', String(firstSeq))
    .execute()
}

/** In the transaction of what is marked. False: it was noted before. Where nothing is claimed under the number any more, nobody will ask again. */
export const noteMark = async (scope: ControlScope, mark: OnceMark): Promise<boolean> => {
  if (await isNoted(scope, mark)) return false
  await appendMark(scope, mark.firstSeq, mark.what)
  return true
}

const forgetOldest = async (scope: ControlScope, tenant: Tenant): Promise<void> => {
  const old = await scope
    .selectFrom('drops')
    .select('id')
    .where(eb => eb.and({ ...owner(tenant), state: 'quarantined' }))
    .orderBy('id', 'desc')
    .offset(MOST_QUARANTINED)
    .limit(100)
    .execute()
  if (old.length > 0) await unlist(scope, old.map(({ id }) => id))
}

/** The feed tells of a version once; other sources are listed again and again, so what was in them has to be remembered. */
const unlist = async (scope: ControlScope, ids: readonly number[]): Promise<void> => {
  await scope.deleteFrom('drops').where('id', 'in', ids).where('source', 'like', `${OWN_BUCKETS}%`).execute()
  await scope.updateTable('drops').set({ state: 'taken' }).where('id', 'in', ids).execute()
}

const ruleOf = (row: Selectable<DropRuleRow>): DropRule =>
  ({ tenant: tenantOf(row), bucket: row.bucket, prefix: row.prefix, logGroup: row.log_group ?? undefined })

const progressOf = (row: Selectable<DropRow>): DropProgress => ({
  state: row.state,
  logGroup: row.log_group,
  stream: row.stream,
  events: row.events,
  claim: row.claim_seq === null || row.claim_count === null ? undefined : { firstSeq: BigInt(row.claim_seq), count: row.claim_count },
})

const versionOf = (row: Selectable<DropRow>): DropVersion => ({
  tenant: tenantOf(row),
  source: row.source,
  key: row.key,
  version: row.version,
  size: row.size,
  modifiedAt: epochMillis(row.modified_at),
})

const quarantinedOf = (row: Selectable<DropRow>): QuarantinedDrop => ({
  ...versionOf(row),
  id: row.id,
  logGroup: row.log_group,
  stream: row.stream,
  events: row.events,
  reason: row.reason ?? '',
  detail: row.detail ?? '',
  quarantinedAt: epochMillis(row.at),
})
