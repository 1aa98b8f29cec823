import { type ControlDatabase, type ControlScope, inChunks } from './control-database.ts'

/** Files that nothing shows any more. They stay until every follower of the feed is past the entry that told of them. */
export class ObjectGarbage {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Up to `limit` files that may go now. */
  async due(limit: number): Promise<readonly string[]> {
    const behind = await this.#database.selectFrom('object_feed_followers').select(({ fn }) => fn.min('position').as('position')).executeTakeFirst()
    const rows = await this.#database
      .selectFrom('object_garbage')
      .select('blob')
      .where('feed_id', '<=', behind?.position ?? Number.MAX_SAFE_INTEGER)
      .limit(limit)
      .execute()
    return rows.map(({ blob }) => blob)
  }

  /** They are gone from the disk. */
  async forget(blobs: readonly string[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const chunk of inChunks(blobs)) await scope.deleteFrom('object_garbage').where('blob', 'in', chunk).execute()
    })
  }

  /** Those of the given that an object, an upload or the list of what may go knows of; nobody else ever will. */
  async known(blobs: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>()
    for (const chunk of inChunks(blobs)) {
      const owners = new Map(chunk.map(blob => [blob, blob.split('-', 1)[0]!]))
      const versions = await this.#database.selectFrom('objects').select('version').where('version', 'in', [...new Set(owners.values())]).execute()
      const parts = await this.#database.selectFrom('upload_parts').select('blob').where('blob', 'in', chunk).execute()
      const garbage = await this.#database.selectFrom('object_garbage').select('blob').where('blob', 'in', chunk).execute()
      const found = new Set([...versions.map(({ version }) => version), ...parts.map(({ blob }) => blob), ...garbage.map(({ blob }) => blob)])
      for (const [blob, owner] of owners) if (found.has(blob) || found.has(owner)) known.add(blob)
    }
    return known
  }
}

/** In the transaction that takes them out of sight. `feedId`: the entry that told of them, 0 where none did. */
export const discard = async (scope: ControlScope, blobs: readonly string[], feedId: number): Promise<void> => {
  for (const chunk of inChunks(blobs)) {
    await scope.insertInto('object_garbage').values(chunk.map(blob => ({ blob, feed_id: feedId }))).execute()
  }
}
