import { changeRules } from './insight-rules/change-rules.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'

export const enableInsightRules = (rules: InsightRuleStore) =>
  changeRules('EnableInsightRules', rules, (tenant, names) => rules.switch(tenant, names, 'ENABLED'))
