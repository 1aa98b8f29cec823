import { sql } from 'kysely'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { Bucket, ExpiryRule, ObjectSpot, ObjectSummary, ObjectTag, StoredObject, WriteCondition, WriteOutcome } from '../../model/object.ts'
import { type ControlDatabase, type ControlScope, inChunks, stored } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import { announce } from './object-feed.ts'
import { discard } from './object-garbage.ts'
import type { ObjectRow } from './object-tables.ts'

/** What is in buckets. One version of a key at a time: the newest. */
export class Objects {
  readonly #database: ControlDatabase
  readonly #added: Listeners<number>

  constructor(database: ControlDatabase, added: Listeners<number>) {
    this.#database = database
    this.#added = added
  }

  async get(bucketId: number, key: string): Promise<StoredObject | undefined> {
    const row = await this.#database
      .selectFrom('objects')
      .selectAll()
      .where('bucket_id', '=', bucketId)
      .where('key', '=', key)
      .executeTakeFirst()
    return row && objectOf(row)
  }

  /** Up to `limit` in the order of their keys' UTF-8 bytes. */
  async page(
    bucketId: number,
    from: { readonly key: string; readonly inclusive: boolean },
    limit: number,
  ): Promise<readonly ObjectSummary[]> {
    const rows = await this.#database
      .selectFrom('objects')
      .select(['key', 'size', 'etag', 'modified_at', 'attributes'])
      .where('bucket_id', '=', bucketId)
      .where('key', from.inclusive ? '>=' : '>', from.key)
      .orderBy('key')
      .limit(limit)
      .execute()
    return rows.map(summaryOf)
  }

  /** Makes the version visible and tells of it, both or neither; what it takes the place of is out of sight. */
  async put(bucket: Bucket, object: StoredObject, condition?: WriteCondition): Promise<WriteOutcome> {
    const outcome = await this.#database.transaction().execute(scope => writeObject(scope, bucket, object, condition))
    if (outcome.id === undefined) return outcome.kind
    this.#added.tell(outcome.id)
    return 'written'
  }

  /** Answers what was not there, or does not have the ETag that was asked for. */
  delete(
    bucketId: number,
    keys: readonly { readonly key: string; readonly etag?: string | undefined }[],
  ): Promise<readonly { readonly key: string; readonly why: 'missing' | 'differs' }[]> {
    return this.#database.transaction().execute(async scope => {
      const left: { key: string; why: 'missing' | 'differs' }[] = []
      for (const { key, etag } of keys) {
        const row = await scope
          .selectFrom('objects')
          .selectAll()
          .where('bucket_id', '=', bucketId)
          .where('key', '=', key)
          .executeTakeFirst()
        if (row === undefined) left.push({ key, why: 'missing' })
        else if (etag !== undefined && etag !== '*' && etag !== row.etag) left.push({ key, why: 'differs' })
        else await remove(scope, [row])
      }
      return left
    })
  }

  /** Of this very version; false when it is gone, or another has taken its place. */
  tag({ bucketId, key, version }: ObjectSpot, tags: readonly ObjectTag[] | undefined): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const row = await scope
        .selectFrom('objects')
        .select('attributes')
        .where(eb => eb.and({ bucket_id: bucketId, key, version }))
        .executeTakeFirst()
      if (row === undefined) return false
      const attributes = JSON.stringify({ ...stored<StoredObject['attributes']>(row.attributes), tags })
      await scope.updateTable('objects').set({ attributes }).where('version', '=', version).execute()
      return true
    })
  }

  /** Deletes up to `limit` objects that the rule says are to go; answers how many. */
  expire(bucketId: number, rule: ExpiryRule, writtenUpTo: EpochMillis, limit: number): Promise<number> {
    return this.#database.transaction().execute(async scope => {
      let query = scope
        .selectFrom('objects')
        .selectAll()
        .where('bucket_id', '=', bucketId)
        .where('modified_at', '<=', writtenUpTo)
        .where(eb => eb(eb.fn<string>('substr', ['key', eb.val(1), eb.fn('length', [eb.val(rule.prefix)])]), '=', rule.prefix))
        .limit(limit)
      if (rule.largerThan !== undefined) query = query.where('size', '>', rule.largerThan)
      if (rule.smallerThan !== undefined) query = query.where('size', '<', rule.smallerThan)
      for (const { Key, Value } of rule.tags ?? []) {
        query = query.where(sql<boolean>`exists (select 1 from json_each(attributes, '$.tags') where value ->> 'Key' = ${Key} and value ->> 'Value' = ${Value})`)
      }
      const rows = await query.execute()
      await remove(scope, rows)
      return rows.length
    })
  }
}

const remove = async (scope: ControlScope, rows: readonly ObjectRow[]): Promise<void> => {
  for (const chunk of inChunks(rows.map(({ version }) => version))) {
    await scope.deleteFrom('objects').where('version', 'in', chunk).execute()
  }
  for (const row of rows) await discard(scope, blobsOf(row), row.feed_id)
}

type Announced =
  | { readonly kind: Exclude<WriteOutcome, 'written'>; readonly id?: undefined }
  | { readonly kind: 'written'; readonly id: number }

/** Also the end of a multipart upload, in its transaction. `id`: the entry that tells of it. */
export const writeObject = async (
  scope: ControlScope,
  bucket: Bucket,
  object: StoredObject,
  condition: WriteCondition | undefined,
): Promise<Announced> => {
  const house = await scope.selectFrom('buckets').select('id').where('id', '=', bucket.id).executeTakeFirst()
  if (house === undefined) return { kind: 'gone' }
  const before = await scope
    .selectFrom('objects')
    .selectAll()
    .where('bucket_id', '=', bucket.id)
    .where('key', '=', object.key)
    .executeTakeFirst()
  if (condition?.kind === 'absent' && before !== undefined) return { kind: 'exists' }
  if (condition?.kind === 'etag' && before === undefined) return { kind: 'missing' }
  if (condition?.kind === 'etag' && condition.etag !== '*' && condition.etag !== before?.etag) return { kind: 'differs' }
  if (before !== undefined) await remove(scope, [before])
  const id = await announce(scope, bucket, object)
  await scope
    .insertInto('objects')
    .values({
      bucket_id: bucket.id,
      key: object.key,
      version: object.version,
      size: object.size,
      etag: object.etag,
      modified_at: object.modifiedAt,
      feed_id: id,
      attributes: JSON.stringify(object.attributes),
      parts: JSON.stringify(object.parts),
    })
    .execute()
  return { kind: 'written', id }
}

const blobsOf = (row: ObjectRow): readonly string[] => stored<StoredObject['parts']>(row.parts).map(({ blob }) => blob)

const summaryOf = (row: Pick<ObjectRow, 'key' | 'size' | 'etag' | 'modified_at' | 'attributes'>): ObjectSummary => {
  const { checksum, storageClass } = stored<StoredObject['attributes']>(row.attributes)
  return { key: row.key, size: row.size, etag: row.etag, modifiedAt: epochMillis(row.modified_at), checksum, storageClass }
}

const objectOf = (row: ObjectRow): StoredObject => ({
  ...summaryOf(row),
  version: row.version,
  attributes: stored<StoredObject['attributes']>(row.attributes),
  parts: stored<StoredObject['parts']>(row.parts),
})
