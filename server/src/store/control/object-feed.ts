import type { Selectable } from 'kysely'
import { epochMillis } from '../../base/time.ts'
import type { Bucket, ObjectEntry, StoredObject } from '../../model/object.ts'
import { type ControlDatabase, type ControlScope, owner, stored, tenantOf } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { ObjectFeedRow } from './object-tables.ts'

/**
 * Tells of every version of every object once, in the order in which they came to be. A follower keeps its position here: after a
 * crash it goes on behind the last entry that it said it was through with. What an entry tells of can be read until then.
 */
export class ObjectFeed {
  readonly #database: ControlDatabase
  readonly #added: Listeners<number>

  constructor(database: ControlDatabase, added: Listeners<number>) {
    this.#database = database
    this.#added = added
  }

  /** Called after each commit that added an entry, with its id. */
  onAdded(listener: (id: number) => void): void {
    this.#added.add(listener)
  }

  /** From its first call on, entries and their bytes are kept for this follower. Answers the last entry that it is through with. */
  async follow(name: string): Promise<number> {
    await this.#database.insertInto('object_feed_followers').values({ name, position: 0 }).onConflict(conflict => conflict.doNothing()).execute()
    const row = await this.#database.selectFrom('object_feed_followers').select('position').where('name', '=', name).executeTakeFirstOrThrow()
    return row.position
  }

  /** The next entries after the given one, oldest first. */
  async after(id: number, limit: number): Promise<readonly ObjectEntry[]> {
    const rows = await this.#database.selectFrom('object_feed').selectAll().where('id', '>', id).orderBy('id').limit(limit).execute()
    return rows.map(entryOf)
  }

  /** The follower is through with the entry and all before it. */
  passed(name: string, id: number): Promise<void> {
    return moveFollower(this.#database, name, id)
  }

  /** Removes up to `limit` entries that every follower is past, or that are older than `before` where there is none; answers how many. */
  async prune(before: number, limit: number): Promise<number> {
    const behind = await this.#database.selectFrom('object_feed_followers').select(({ fn }) => fn.min('position').as('position')).executeTakeFirst()
    const position = behind?.position ?? null
    const old = this.#database
      .selectFrom('object_feed')
      .select('id')
      .where(eb => (position === null ? eb('at', '<', before) : eb('id', '<=', position)))
      .orderBy('id')
      .limit(limit)
    return Number((await this.#database.deleteFrom('object_feed').where('id', 'in', old).executeTakeFirst()).numDeletedRows)
  }
}

/** {@link ObjectFeed.passed}, in the transaction of what the follower made of the entry. */
export const moveFollower = async (scope: ControlScope, name: string, id: number): Promise<void> => {
  await scope.updateTable('object_feed_followers').set({ position: id }).where('name', '=', name).where('position', '<', id).execute()
}

/** In the transaction that makes the version visible; answers the entry's id. */
export const announce = async (scope: ControlScope, bucket: Bucket, object: StoredObject): Promise<number> => {
  const { id } = await scope
    .insertInto('object_feed')
    .values({
      ...owner(bucket.tenant),
      bucket: bucket.name,
      key: object.key,
      version: object.version,
      size: object.size,
      etag: object.etag,
      at: object.modifiedAt,
      content_type: object.attributes.contentType ?? null,
      content_encoding: object.attributes.contentEncoding ?? null,
      parts: JSON.stringify(object.parts),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const entryOf = (row: Selectable<ObjectFeedRow>): ObjectEntry => ({
  id: row.id,
  tenant: tenantOf(row),
  bucket: row.bucket,
  key: row.key,
  version: row.version,
  size: row.size,
  etag: row.etag,
  at: epochMillis(row.at),
  contentType: row.content_type ?? undefined,
  contentEncoding: row.content_encoding ?? undefined,
  parts: stored<ObjectEntry['parts']>(row.parts),
})
