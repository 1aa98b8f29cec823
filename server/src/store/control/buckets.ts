import type { Selectable } from 'kysely'
import type { AccountId, Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { Bucket } from '../../model/object.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import { discard } from './object-garbage.ts'
import type { BucketRow } from './object-tables.ts'

/** Buckets, by account and name. */
export class Buckets {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(account: AccountId, name: string): Promise<Bucket | undefined> {
    const row = await this.#database
      .selectFrom('buckets')
      .selectAll()
      .where('account', '=', account)
      .where('name', '=', name)
      .executeTakeFirst()
    return row && bucketOf(row)
  }

  /** By name in code units. */
  async list(account: AccountId): Promise<readonly Bucket[]> {
    const rows = await this.#database.selectFrom('buckets').selectAll().where('account', '=', account).orderBy('name').execute()
    return rows.map(bucketOf)
  }

  /** Those of all accounts that something in expires. */
  async expiring(): Promise<readonly Bucket[]> {
    return (await this.#database.selectFrom('buckets').selectAll().where('expiry', '<>', '[]').execute()).map(bucketOf)
  }

  /** False when the account has one of that name. */
  create(tenant: Tenant, bucket: Omit<Bucket, 'id' | 'tenant'>): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const known = await scope
        .selectFrom('buckets')
        .select('id')
        .where('account', '=', tenant.account)
        .where('name', '=', bucket.name)
        .executeTakeFirst()
      if (known !== undefined) return false
      const row = { ...owner(tenant), name: bucket.name, created_at: bucket.createdAt, ...settings(bucket) }
      await scope.insertInto('buckets').values(row).execute()
      return true
    })
  }

  /** Changes what is set; `change` sees what is set now. False when the bucket is gone. */
  change(id: number, change: (bucket: Bucket) => Pick<Bucket, 'documents' | 'expiry'>): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const row = await scope.selectFrom('buckets').selectAll().where('id', '=', id).executeTakeFirst()
      if (row === undefined) return false
      await scope.updateTable('buckets').set(settings(change(bucketOf(row)))).where('id', '=', id).execute()
      return true
    })
  }

  /** Only an empty one; uploads under way go with it. */
  delete(id: number): Promise<'deleted' | 'not-empty'> {
    return this.#database.transaction().execute(async scope => {
      const object = await scope.selectFrom('objects').select('version').where('bucket_id', '=', id).limit(1).executeTakeFirst()
      if (object !== undefined) return 'not-empty'
      const uploads = scope.selectFrom('uploads').select('id').where('bucket_id', '=', id)
      const parts = await scope.deleteFrom('upload_parts').where('upload_id', 'in', uploads).returning('blob').execute()
      await discard(scope, parts.flatMap(({ blob }) => blob ?? []), 0)
      await scope.deleteFrom('uploads').where('bucket_id', '=', id).execute()
      await scope.deleteFrom('buckets').where('id', '=', id).execute()
      return 'deleted'
    })
  }
}

const settings = ({ documents, expiry }: Pick<Bucket, 'documents' | 'expiry'>) => ({ documents: JSON.stringify(documents), expiry: JSON.stringify(expiry) })

const bucketOf = (row: Selectable<BucketRow>): Bucket => ({
  id: row.id,
  tenant: tenantOf(row),
  name: row.name,
  createdAt: epochMillis(row.created_at),
  documents: stored<Bucket['documents']>(row.documents),
  expiry: stored<Bucket['expiry']>(row.expiry),
})
