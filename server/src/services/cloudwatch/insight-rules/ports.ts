import type { Tenant } from '../../../base/tenancy.ts'
import type { RuleReport } from '../../../engines/insight-rules/report.ts'
import type { InsightRuleBody } from '../../../engines/insight-rules/rule.ts'
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

/** A range of a rule's report, in periods from `origin`: epoch milliseconds, `end` exclusive. */
export interface ReportRange {
  readonly start: number
  readonly end: number
  /** At or before `start`. */
  readonly origin: number
  readonly period: number
}

export interface ReportRequest extends ReportRange {
  /** How many contributors are shown, and which. */
  readonly top: number
  readonly orderBy: 'Sum' | 'Maximum'
}

/** What rules find in the log events of the tenant's groups. */
export interface InsightRuleReports {
  report(tenant: Tenant, rule: InsightRuleBody, request: ReportRequest): Promise<RuleReport>
}
