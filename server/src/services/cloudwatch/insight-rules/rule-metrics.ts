import type { Tenant } from '../../../base/tenancy.ts'
import type { Grid } from '../../../engines/expressions/program.ts'
import { parseRule } from '../../../engines/insight-rules/parse-rule.ts'
import { RULE_METRICS } from '../../../engines/insight-rules/report.ts'
import type { InsightRuleReports, InsightRuleStore } from './ports.ts'

/** What INSIGHT_RULE_METRIC reads: a metric of a rule by its name. */
export class InsightRuleMetrics {
  readonly #rules: Pick<InsightRuleStore, 'get'>
  readonly #reports: InsightRuleReports

  constructor(rules: Pick<InsightRuleStore, 'get'>, reports: InsightRuleReports) {
    this.#rules = rules
    this.#reports = reports
  }

  /** NaN where nothing was found; undefined: there is no such rule. */
  async values(tenant: Tenant, name: string, metricName: string, { start, period, length }: Grid): Promise<Float64Array | undefined> {
    const rule = await this.#rules.get(tenant, name)
    const metric = RULE_METRICS.find(each => each === metricName)
    if (rule === undefined || rule.managed !== undefined || metric === undefined) return undefined
    const range = { start: start * 1000, end: (start + period * length) * 1000, origin: start * 1000, period: period * 1000 }
    const { periods } = await this.#reports.report(tenant, parseRule(rule.definition, 'kept'), { ...range, top: 0, orderBy: 'Sum' })
    const values = new Float64Array(length).fill(NaN)
    for (const each of periods) values[each.period] = each.values[metric]
    return values
  }
}
