import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogProtection, LogProtectionVersion } from '../../model/log-protection.ts'
import { type ControlDatabase, type ControlScope, owner, tenantOf } from './control-database.ts'
import type { LogProtectionRow } from './log-tables.ts'

/** For so long it is known what the policies were: longer than events may wait in the journal. */
const KEPT_MILLIS = 7 * 86_400_000

/** Data protection policies of log groups and accounts, at most one of each in force. */
export class LogProtections {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Those in force, and those that were in the last days. */
  async all(): Promise<readonly LogProtectionVersion[]> {
    const rows = await this.#database.selectFrom('log_protections').selectAll().orderBy('seq').execute()
    return rows.map(versionOf)
  }

  /** Ends the one that is in force. */
  async put(protection: LogProtection): Promise<void> {
    const { tenant, group, name, document, since } = protection
    await this.#database.transaction().execute(async scope => {
      await end(scope, tenant, group, since)
      await scope.insertInto('log_protections').values({ ...owner(tenant), group_id: group ?? null, name, document, since, until: null }).execute()
    })
  }

  async end(tenant: Tenant, group: number | undefined, at: EpochMillis): Promise<void> {
    await this.#database.transaction().execute(scope => end(scope, tenant, group, at))
  }
}

const end = async (scope: ControlScope, tenant: Tenant, group: number | undefined, at: EpochMillis): Promise<void> => {
  await scope.deleteFrom('log_protections').where('until', '<', at - KEPT_MILLIS).execute()
  await scope
    .updateTable('log_protections')
    .set({ until: at })
    .where(eb => eb.and(owner(tenant)))
    .where('group_id', group === undefined ? 'is' : '=', group ?? null)
    .where('until', 'is', null)
    .execute()
}

const versionOf = (row: Omit<LogProtectionRow, 'seq'>): LogProtectionVersion => ({
  tenant: tenantOf(row),
  group: row.group_id ?? undefined,
  name: row.name,
  document: row.document,
  since: epochMillis(row.since),
  until: row.until === null ? undefined : epochMillis(row.until),
})
