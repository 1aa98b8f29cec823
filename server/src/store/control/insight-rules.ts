import { insightRuleArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import { type ControlDatabase, inChunks, owner, tenantOf } from './control-database.ts'
import type { InsightRuleRow } from './tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Contributor Insights rules. */
export class InsightRules {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(tenant: Tenant, name: string): Promise<InsightRule | undefined> {
    const row = await this.#ofTenant(tenant).where('name', '=', name).executeTakeFirst()
    return row && ruleOf(row)
  }

  /** By name in code units. */
  async list(tenant: Tenant): Promise<readonly InsightRule[]> {
    const rows = await this.#ofTenant(tenant).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(ruleOf)
  }

  /** Creates with the tags, or overwrites the rule; tags only take effect on creation. */
  async put(rule: InsightRule, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, arn, name } = rule
    const content = {
      state: rule.state,
      schema: rule.schema,
      definition: rule.definition,
      on_transformed_logs: rule.onTransformedLogs ? 1 : 0,
      template: rule.managed?.template ?? null,
      resource_arn: rule.managed?.resourceArn ?? null,
    }
    await this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope
        .updateTable('insight_rules')
        .set(content)
        .where(eb => eb.and(owner(tenant)))
        .where('name', '=', name)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await scope.insertInto('insight_rules').values({ ...owner(tenant), name, ...content }).execute()
      await writeTags(scope, tenant, arn, tags)
    })
  }

  async switch(tenant: Tenant, names: readonly string[], state: InsightRule['state']): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const chunk of inChunks(names)) {
        await scope
          .updateTable('insight_rules')
          .set({ state })
          .where(eb => eb.and(owner(tenant)))
          .where('name', 'in', chunk)
          .execute()
      }
    })
  }

  /** With their tags. */
  async delete(tenant: Tenant, names: readonly string[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const chunk of inChunks(names)) {
        await scope
          .deleteFrom('insight_rules')
          .where(eb => eb.and(owner(tenant)))
          .where('name', 'in', chunk)
          .execute()
      }
      await deleteTags(scope, tenant, names.map(name => insightRuleArn(tenant, name)))
    })
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('insight_rules').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

const ruleOf = (row: InsightRuleRow): InsightRule => {
  const tenant = tenantOf(row)
  return {
    tenant,
    arn: insightRuleArn(tenant, row.name),
    name: row.name,
    state: row.state === 'ENABLED' ? 'ENABLED' : 'DISABLED',
    schema: row.schema,
    definition: row.definition,
    onTransformedLogs: row.on_transformed_logs === 1,
    managed: row.template === null || row.resource_arn === null ? undefined : { template: row.template, resourceArn: row.resource_arn },
  }
}
