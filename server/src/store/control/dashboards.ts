import { dashboardArn } from '../../base/arn.ts'
import { accountId, type AccountId } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { Dashboard } from '../../model/dashboard.ts'
import { globalOwner } from '../../model/global-owner.ts'
import { type ControlDatabase, inChunks } from './control-database.ts'
import type { DashboardRow } from './tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Dashboards, by account and name. */
export class Dashboards {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(account: AccountId, name: string): Promise<Dashboard | undefined> {
    const row = await this.#database.selectFrom('dashboards').selectAll().where('account', '=', account).where('name', '=', name).executeTakeFirst()
    return row && dashboardOf(row)
  }

  /** By name in code units. */
  async list(account: AccountId): Promise<readonly Dashboard[]> {
    const rows = await this.#database.selectFrom('dashboards').selectAll().where('account', '=', account).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(dashboardOf)
  }

  /** Creates with the tags, or overwrites the body. */
  async put({ account, arn, name, body, modifiedAt }: Dashboard, tags: Readonly<Record<string, string>>): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope
        .updateTable('dashboards')
        .set({ body, modified_at: modifiedAt })
        .where('account', '=', account)
        .where('name', '=', name)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await scope.insertInto('dashboards').values({ account, name, body, modified_at: modifiedAt }).execute()
      await writeTags(scope, globalOwner(account), arn, tags)
    })
  }

  /** All of them with their tags, or none: answers the names that are not there. */
  delete(account: AccountId, names: readonly string[]): Promise<readonly string[]> {
    return this.#database.transaction().execute(async scope => {
      const found = new Set<string>()
      for (const chunk of inChunks(names)) {
        const rows = await scope.selectFrom('dashboards').select('name').where('account', '=', account).where('name', 'in', chunk).execute()
        for (const { name } of rows) found.add(name)
      }
      const missing = names.filter(name => !found.has(name))
      if (missing.length > 0) return missing
      for (const chunk of inChunks(names)) {
        await scope.deleteFrom('dashboards').where('account', '=', account).where('name', 'in', chunk).execute()
      }
      await deleteTags(scope, globalOwner(account), names.map(name => dashboardArn(account, name)))
      return []
    })
  }
}

const dashboardOf = (row: DashboardRow): Dashboard => {
  const account = accountId(row.account)
  return { account, arn: dashboardArn(account, row.name), name: row.name, body: row.body, modifiedAt: epochMillis(row.modified_at) }
}
