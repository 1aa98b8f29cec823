import type { Tenant } from '../../base/tenancy.ts'
import { type ControlDatabase, type ControlScope, inChunks, owner } from './control-database.ts'

type TagMap = Readonly<Record<string, string>>

/** Tags of anything that has an ARN. */
export class Tags {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  get(tenant: Tenant, arn: string): Promise<TagMap> {
    return readTags(this.#database, tenant, arn)
  }

  /** Of many at once; what has no tags is not in the answer. */
  of(tenant: Tenant, arns: readonly string[]): Promise<ReadonlyMap<string, TagMap>> {
    return readTagsOf(this.#database, tenant, arns)
  }

  /** Adds and overwrites. */
  put(tenant: Tenant, arn: string, tags: TagMap): Promise<void> {
    return this.#database.transaction().execute(scope => writeTags(scope, tenant, arn, tags))
  }

  async remove(tenant: Tenant, arn: string, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    await this.#database
      .deleteFrom('tags')
      .where(eb => eb.and(owner(tenant)))
      .where('arn', '=', arn)
      .where('key', 'in', keys)
      .execute()
  }
}

export const readTags = async (scope: ControlScope, tenant: Tenant, arn: string): Promise<TagMap> => {
  const rows = await scope
    .selectFrom('tags')
    .select(['key', 'value'])
    .where(eb => eb.and(owner(tenant)))
    .where('arn', '=', arn)
    .orderBy('key')
    .execute()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Of many at once; what has no tags is not in the answer. */
export const readTagsOf = async (scope: ControlScope, tenant: Tenant, arns: readonly string[]): Promise<ReadonlyMap<string, TagMap>> => {
  const found = new Map<string, Record<string, string>>()
  for (const chunk of inChunks(arns)) {
    const rows = await scope
      .selectFrom('tags')
      .select(['arn', 'key', 'value'])
      .where(eb => eb.and(owner(tenant)))
      .where('arn', 'in', chunk)
      .orderBy('arn')
      .orderBy('key')
      .execute()
    for (const { arn, key, value } of rows) found.set(arn, { ...found.get(arn), [key]: value })
  }
  return found
}

export const writeTags = async (scope: ControlScope, tenant: Tenant, arn: string, tags: TagMap): Promise<void> => {
  const rows = Object.entries(tags).map(([key, value]) => ({ ...owner(tenant), arn, key, value }))
  for (const chunk of inChunks(rows)) {
    await scope
      .insertInto('tags')
      .values(chunk)
      .onConflict(conflict =>
        conflict.columns(['account', 'region', 'arn', 'key']).doUpdateSet(given => ({ value: given.ref('excluded.value') })),
      )
      .execute()
  }
}

export const deleteTags = async (scope: ControlScope, tenant: Tenant, arns: readonly string[]): Promise<void> => {
  for (const chunk of inChunks(arns)) {
    await scope
      .deleteFrom('tags')
      .where(eb => eb.and(owner(tenant)))
      .where('arn', 'in', chunk)
      .execute()
  }
}
