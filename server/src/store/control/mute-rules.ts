import type { Tenant } from '../../base/tenancy.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { MuteRuleRow } from './tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** A rule that changed; undefined `to`: it is gone, undefined `from`: it is new. */
export interface MuteRuleChange {
  readonly from: MuteRule | undefined
  readonly to: MuteRule | undefined
}

/** Mute rules, per tenant by name for the operations, and all at once for the clockwork. */
export class MuteRules {
  readonly #database: ControlDatabase
  readonly #changes: Listeners<MuteRuleChange>

  constructor(database: ControlDatabase, changes: Listeners<MuteRuleChange>) {
    this.#database = database
    this.#changes = changes
  }

  async get(tenant: Tenant, name: string): Promise<MuteRule | undefined> {
    const row = await this.#ofTenant(tenant).where('name', '=', name).executeTakeFirst()
    return row && ruleOf(row)
  }

  /** By name, in code units. */
  async list(tenant: Tenant): Promise<readonly MuteRule[]> {
    const rows = await this.#ofTenant(tenant).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(ruleOf)
  }

  async all(): Promise<readonly MuteRule[]> {
    return (await this.#database.selectFrom('mute_rules').selectAll().orderBy('arn').execute()).map(ruleOf)
  }

  /** Creates with the tags, or overwrites; the tags of one that is there stay as they are. */
  async put(rule: MuteRule, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, ...definition } = rule
    const row = { arn: rule.arn, ...owner(tenant), name: rule.name, definition: JSON.stringify(definition) }
    const from = await this.#database.transaction().execute(async scope => {
      const known = await scope.selectFrom('mute_rules').selectAll().where(eb => eb.and(owner(tenant))).where('name', '=', rule.name).executeTakeFirst()
      await scope.insertInto('mute_rules').values(row).onConflict(conflict => conflict.column('arn').doUpdateSet({ definition: row.definition })).execute()
      if (known === undefined) await writeTags(scope, tenant, rule.arn, tags)
      return known && ruleOf(known)
    })
    this.#changes.tell({ from, to: rule })
  }

  /** With its tags; one that is not there is passed over. */
  async delete(tenant: Tenant, name: string): Promise<void> {
    const gone = await this.#database.transaction().execute(async scope => {
      const row = await scope.deleteFrom('mute_rules').where(eb => eb.and(owner(tenant))).where('name', '=', name).returningAll().executeTakeFirst()
      if (row !== undefined) await deleteTags(scope, tenant, [row.arn])
      return row && ruleOf(row)
    })
    if (gone !== undefined) this.#changes.tell({ from: gone, to: undefined })
  }

  onChange(listener: (change: MuteRuleChange) => void): void {
    this.#changes.add(listener)
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('mute_rules').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

const ruleOf = (row: MuteRuleRow): MuteRule => ({ ...stored<Omit<MuteRule, 'tenant'>>(row.definition), tenant: tenantOf(row) })
