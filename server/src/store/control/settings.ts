import type { ControlDatabase } from './control-database.ts'

/** What the house has to remember about itself: its signing key, how far its rounds have come. */
export class Settings {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(key: string): Promise<string | undefined> {
    const row = await this.#database.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
    return row?.value
  }

  async set(key: string, value: string): Promise<void> {
    await this.#database
      .insertInto('settings')
      .values({ key, value })
      .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
      .execute()
  }

  async delete(key: string): Promise<void> {
    await this.#database.deleteFrom('settings').where('key', '=', key).execute()
  }
}
