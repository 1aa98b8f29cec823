import type { Entropy } from '../base/entropy.ts'
import type { Tenant } from '../base/tenancy.ts'
import { compileReport } from '../engines/insight-rules/compile-report.ts'
import { NOTHING_FOUND, readReport, type RuleReport } from '../engines/insight-rules/report.ts'
import type { InsightRuleBody } from '../engines/insight-rules/rule.ts'
import { columnFields } from '../engines/insights/column-fields.ts'
import type { RunParts } from '../jobs/log-queries/query-run.ts'
import type { LogGroup } from '../model/log.ts'
import type { InsightRuleReports, ReportRequest } from '../services/cloudwatch/insight-rules/ports.ts'
import type { LogGroupStore } from '../services/logs/ports.ts'

interface Options {
  readonly groups: Pick<LogGroupStore, 'find' | 'list'>
  readonly parts: Pick<RunParts, 'events' | 'places'>
  readonly entropy: Entropy
}

/** Contributor Insights over the stored events. */
export class RuleReports implements InsightRuleReports {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  async report(tenant: Tenant, rule: InsightRuleBody, request: ReportRequest): Promise<RuleReport> {
    const { parts: { events, places }, entropy } = this.#options
    const groups = this.#groupsOf(tenant, rule)
    if (groups.length === 0) return NOTHING_FOUND
    await events.settled(groups.map(({ id }) => id))
    const scopes = events.scopes(groups, request.start, request.end)
    const { sql, parameters } = compileReport(rule, {
      ...request,
      groups: groups.map(({ id, name }, index) => ({ id, label: `${tenant.account}:${name}`, ...scopes[index]! })),
      fields: (queried, unmasked) => columnFields(queried, unmasked, (group, name) => places.columns(group, name)),
    })
    const [row] = await events.rows(sql, parameters, { brief: true, tag: entropy.uuid() })
    return row === undefined ? NOTHING_FOUND : readReport(row)
  }

  /** Those that are there; names may end in `*`. */
  #groupsOf(tenant: Tenant, { logGroups: { kind, patterns } }: InsightRuleBody): readonly LogGroup[] {
    const { groups } = this.#options
    if (kind === 'arns') return [...new Set(patterns.flatMap(arn => groups.find(tenant, arn) ?? []))]
    const matches = (name: string): boolean => patterns.some(pattern => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern))
    return groups.list(tenant).filter(({ name, class: kept }) => kept !== 'DELIVERY' && matches(name))
  }
}
