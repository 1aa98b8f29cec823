import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { Bucket, StoredObject, Upload, UploadedPart, WriteCondition, WriteOutcome } from '../../model/object.ts'
import { type ControlDatabase, type ControlScope, stored } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import { discard } from './object-garbage.ts'
import { writeObject } from './objects.ts'
import type { UploadPartRow, UploadRow } from './object-tables.ts'

/** Multipart uploads under way, and their parts. */
export class Uploads {
  readonly #database: ControlDatabase
  readonly #added: Listeners<number>

  constructor(database: ControlDatabase, added: Listeners<number>) {
    this.#database = database
    this.#added = added
  }

  async get(bucketId: number, key: string, id: string): Promise<Upload | undefined> {
    const row = await this.#database
      .selectFrom('uploads')
      .selectAll()
      .where('id', '=', id)
      .where('bucket_id', '=', bucketId)
      .where('key', '=', key)
      .executeTakeFirst()
    return row && uploadOf(row)
  }

  /** Up to `limit` behind the given key, and of that very key behind the given upload, where one is given. */
  async page(
    bucketId: number,
    after: { readonly key: string; readonly id: string | undefined },
    limit: number,
  ): Promise<readonly Upload[]> {
    const rows = await this.#database
      .selectFrom('uploads')
      .selectAll()
      .where('bucket_id', '=', bucketId)
      .where(eb => {
        const behind = eb('key', '>', after.key)
        return after.id === undefined ? behind : eb.or([behind, eb.and([eb('key', '=', after.key), eb('id', '>', after.id)])])
      })
      .orderBy('key')
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(uploadOf)
  }

  async start(bucketId: number, upload: Upload): Promise<void> {
    const { id, key, startedAt, attributes, checksum } = upload
    const row = {
      id,
      bucket_id: bucketId,
      key,
      started_at: startedAt,
      attributes: JSON.stringify(attributes),
      checksum_algorithm: checksum?.algorithm ?? null,
      checksum_type: checksum?.type ?? null,
    }
    await this.#database.insertInto('uploads').values(row).execute()
  }

  /** Takes the place of an earlier part of that number. False when the upload has ended meanwhile. */
  putPart(id: string, part: UploadedPart): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const upload = await scope.selectFrom('uploads').select('id').where('id', '=', id).executeTakeFirst()
      if (upload === undefined) return false
      const before = await scope
        .deleteFrom('upload_parts')
        .where('upload_id', '=', id)
        .where('number', '=', part.number)
        .returning('blob')
        .execute()
      await discard(scope, before.flatMap(({ blob }) => blob ?? []), 0)
      const { number, size, etag } = part
      const row = {
        upload_id: id,
        number,
        blob: part.blob ?? null,
        size,
        etag,
        modified_at: part.modifiedAt,
        checksum: part.checksum ?? null,
      }
      await scope.insertInto('upload_parts').values(row).execute()
      return true
    })
  }

  /** By number, up to `limit` behind the given one. */
  async parts(id: string, after: number, limit: number): Promise<readonly UploadedPart[]> {
    const rows = await this.#database
      .selectFrom('upload_parts')
      .selectAll()
      .where('upload_id', '=', id)
      .where('number', '>', after)
      .orderBy('number')
      .limit(limit)
      .execute()
    return rows.map(partOf)
  }

  /** The upload becomes the object; parts that it is not made of are out of sight. `ended`: the upload is there no more. */
  async complete(bucket: Bucket, id: string, object: StoredObject, condition?: WriteCondition): Promise<WriteOutcome | 'ended'> {
    const outcome = await this.#database.transaction().execute(async scope => {
      const upload = await scope.selectFrom('uploads').select('id').where('id', '=', id).executeTakeFirst()
      if (upload === undefined) return { kind: 'ended' } as const
      const written = await writeObject(scope, bucket, object, condition)
      if (written.kind === 'written') await end(scope, id, new Set(object.parts.map(({ blob }) => blob)))
      return written
    })
    if (outcome.kind === 'written') this.#added.tell(outcome.id)
    return outcome.kind
  }

  /** False when there is none. */
  abort(bucketId: number, key: string, id: string): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const upload = await scope
        .selectFrom('uploads')
        .select('id')
        .where('id', '=', id)
        .where('bucket_id', '=', bucketId)
        .where('key', '=', key)
        .executeTakeFirst()
      if (upload === undefined) return false
      await end(scope, id, new Set())
      return true
    })
  }

  /** Ends up to `limit` uploads that began up to the instant; answers how many. */
  expire(bucketId: number, prefix: string, startedUpTo: EpochMillis, limit: number): Promise<number> {
    return this.#database.transaction().execute(async scope => {
      const rows = await scope
        .selectFrom('uploads')
        .select('id')
        .where('bucket_id', '=', bucketId)
        .where('started_at', '<=', startedUpTo)
        .where(eb => eb(eb.fn<string>('substr', ['key', eb.val(1), eb.fn('length', [eb.val(prefix)])]), '=', prefix))
        .limit(limit)
        .execute()
      for (const { id } of rows) await end(scope, id, new Set())
      return rows.length
    })
  }
}

const end = async (scope: ControlScope, id: string, kept: ReadonlySet<string>): Promise<void> => {
  const parts = await scope.deleteFrom('upload_parts').where('upload_id', '=', id).returning('blob').execute()
  await discard(scope, parts.flatMap(({ blob }) => (blob === null || kept.has(blob) ? [] : blob)), 0)
  await scope.deleteFrom('uploads').where('id', '=', id).execute()
}

const uploadOf = (row: UploadRow): Upload => ({
  id: row.id,
  key: row.key,
  startedAt: epochMillis(row.started_at),
  attributes: stored<Upload['attributes']>(row.attributes),
  checksum: row.checksum_algorithm === null
    ? undefined
    : { algorithm: row.checksum_algorithm, type: row.checksum_type === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE' },
})

const partOf = (row: UploadPartRow): UploadedPart => ({
  number: row.number,
  blob: row.blob ?? undefined,
  size: row.size,
  etag: row.etag,
  modifiedAt: epochMillis(row.modified_at),
  checksum: row.checksum ?? undefined,
})
