import { changeRules } from './insight-rules/change-rules.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'

export const deleteInsightRules = (rules: InsightRuleStore) =>
  changeRules('DeleteInsightRules', rules, (tenant, names) => rules.delete(tenant, names))
