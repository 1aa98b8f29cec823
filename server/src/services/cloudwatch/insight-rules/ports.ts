import type { Tenant } from '../../../base/tenancy.ts'
import type { InsightRule } from '../../../model/insight-rule.ts'

export interface InsightRuleStore {
  get(tenant: Tenant, name: string): Promise<InsightRule | undefined>
  /** By name in code units. */
  list(tenant: Tenant): Promise<readonly InsightRule[]>
  /** Creates with the tags, or overwrites and leaves the tags. */
  put(rule: InsightRule, tags: Readonly<Record<string, string>>): Promise<void>
  switch(tenant: Tenant, names: readonly string[], state: InsightRule['state']): Promise<void>
  delete(tenant: Tenant, names: readonly string[]): Promise<void>
}
