import type { Tenant } from '../../base/tenancy.ts'
import type { Dashboard } from '../../model/dashboard.ts'
import { globalOwner } from '../../model/global-owner.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import type { DashboardStore } from './dashboards/ports.ts'
import { NOTHING_FOUND } from '../../engines/insight-rules/report.ts'
import type { InsightRuleReports, InsightRuleStore } from './insight-rules/ports.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import type { TagStore } from './ports.ts'

/** Dashboards, metric streams and insight rules, kept in memory. */
export const inMemoryDefinitions = (
  tags: TagStore,
): { readonly dashboards: DashboardStore; readonly metricStreams: MetricStreamStore; readonly insightRules: InsightRuleStore; readonly insightReports: InsightRuleReports } => ({
  dashboards: inMemoryDashboards(tags),
  metricStreams: inMemoryStreams(tags),
  insightRules: inMemoryRules(tags),
  insightReports: { report: () => Promise.resolve(NOTHING_FOUND) },
})

const byName = <Named extends { readonly name: string }>(named: Iterable<Named>): readonly Named[] =>
  [...named].sort((a, b) => (a.name < b.name ? -1 : 1))
const same = (a: Tenant, b: Tenant): boolean => a.account === b.account && a.region === b.region

const inMemoryDashboards = (tags: TagStore): DashboardStore => {
  const kept = new Map<string, Dashboard>()
  const find = (account: string, name: string): Dashboard | undefined => [...kept.values()].find(one => one.account === account && one.name === name)
  return {
    get: async (account, name) => find(account, name),
    list: async account => byName([...kept.values()].filter(one => one.account === account)),
    async put(dashboard, given) {
      if (!kept.has(dashboard.arn)) await tags.put(globalOwner(dashboard.account), dashboard.arn, given)
      kept.set(dashboard.arn, dashboard)
    },
    async delete(account, names) {
      const missing = names.filter(name => find(account, name) === undefined)
      if (missing.length === 0) for (const name of names) kept.delete(find(account, name)!.arn)
      return missing
    },
  }
}

const inMemoryStreams = (tags: TagStore): MetricStreamStore => {
  const kept = new Map<string, MetricStream>()
  const list = (tenant: Tenant): readonly MetricStream[] => byName([...kept.values()].filter(one => same(one.tenant, tenant)))
  return {
    get: async (tenant, name) => list(tenant).find(one => one.name === name),
    list: async tenant => list(tenant),
    async put(stream, given) {
      const known = kept.get(stream.arn)
      if (known === undefined) await tags.put(stream.tenant, stream.arn, given)
      kept.set(stream.arn, known === undefined ? stream : { ...stream, state: known.state, createdAt: known.createdAt })
    },
    async switch(tenant, names, state, now) {
      for (const one of list(tenant)) if (names.includes(one.name) && one.state !== state) kept.set(one.arn, { ...one, state, updatedAt: now })
    },
    async delete(tenant, name) {
      for (const one of list(tenant)) if (one.name === name) kept.delete(one.arn)
    },
  }
}

const inMemoryRules = (tags: TagStore): InsightRuleStore => {
  const kept = new Map<string, InsightRule>()
  const list = (tenant: Tenant): readonly InsightRule[] => byName([...kept.values()].filter(one => same(one.tenant, tenant)))
  return {
    get: async (tenant, name) => list(tenant).find(one => one.name === name),
    list: async tenant => list(tenant),
    async put(rule, given) {
      if (!kept.has(rule.arn)) await tags.put(rule.tenant, rule.arn, given)
      kept.set(rule.arn, rule)
    },
    async switch(tenant, names, state) {
      for (const one of list(tenant)) if (names.includes(one.name)) kept.set(one.arn, { ...one, state })
    },
    async delete(tenant, names) {
      for (const one of list(tenant)) if (names.includes(one.name)) kept.delete(one.arn)
    },
  }
}
