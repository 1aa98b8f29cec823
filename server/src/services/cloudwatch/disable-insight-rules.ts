import { changeRules } from './insight-rules/change-rules.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'

export const disableInsightRules = (rules: InsightRuleStore) =>
  changeRules('DisableInsightRules', rules, (tenant, names) => rules.switch(tenant, names, 'DISABLED'))
