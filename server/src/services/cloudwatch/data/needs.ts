import type { MessageData } from '@aws-sdk/client-cloudwatch'
import { bandAt } from '../../../engines/bands/band-at.ts'
import { bandSource } from '../../../engines/bands/band-source.ts'
import type { BandNeed, Grid, Line, Need } from '../../../engines/expressions/program.ts'
import { InsightsAggregation } from '../../../engines/metrics-insights/aggregate.ts'
import { parseInsights } from '../../../engines/metrics-insights/parse.ts'
import { selectMetrics } from '../../../engines/metrics-insights/select.ts'
import type { AlarmQuery } from '../../../model/alarm.ts'
import type { DetectorSource } from '../../../model/anomaly-detector.ts'
import type { MetricIdentity, MetricSums } from '../../../model/metric.ts'
import { LISTED_FOR } from '../../../model/metric-limits.ts'
import type { InsightRuleMetrics } from '../insight-rules/rule-metrics.ts'
import type { BandModels, MetricDirectory } from '../ports.ts'
import type { Range } from './lines.ts'
import type { Query } from './queries.ts'
import { Searches, type AskedSearch } from './searches.ts'
import type { SeriesReads } from './stored-series.ts'
import { epochMillis } from '../../../base/time.ts'

/** What expressions are answered from. */
export interface ExpressionSources {
  readonly reads: SeriesReads & MetricSums
  readonly directory: MetricDirectory
  /** Undefined: no metric has a band. */
  readonly bands: BandModels | undefined
  /** Undefined: no rule finds anything. */
  readonly rules?: InsightRuleMetrics | undefined
}

/** So many buckets are held in memory for a query across metrics; beyond it the groups are ranked first. */
const CELL_LIMIT = 1_500_000
const EXCEEDED: MessageData = { Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' }

/** Finds and reads what the expressions of one request ask for besides its own metrics. */
export class Needs {
  /** About the request as a whole. */
  readonly messages: MessageData[] = []
  readonly #sources: ExpressionSources
  readonly #queries: readonly Query[]
  readonly #range: Range
  /** What the directory has for a namespace and name: a graph's searches mostly ask for the same. */
  readonly #directory = new Map<string, Promise<readonly MetricIdentity[]>>()
  readonly #searches: Searches

  constructor(sources: ExpressionSources, queries: readonly Query[], range: Range) {
    this.#sources = sources
    this.#queries = queries
    this.#range = range
    this.#searches = new Searches(asked => this.#listed(asked), range, CELL_LIMIT)
  }

  /** Has to come first, with all searches of the request. Throws `ExpressionError`. */
  async find(searches: readonly AskedSearch[]): Promise<void> {
    await this.#searches.find(searches)
    if (this.#searches.exceeded) this.#exceeded()
  }

  /** The lines of a need on a grid. */
  async answer(need: Need, grid: Grid): Promise<readonly Line[]> {
    switch (need.kind) {
      case 'search': return this.#searches.lines(this.#sources.reads, need, grid)
      case 'insights': return this.#insights(need.sql, grid)
      case 'band': return this.#band(need, grid)
      case 'insight-rule': return this.#rule(need, grid)
      // Nothing here measures quotas and database load, or runs functions: they are series without data.
      case 'service-quota':
      case 'performance-insights':
      case 'lambda': return []
    }
  }

  /** A rule that is not there is a series without data, as its metric in AWS. */
  async #rule({ rule, metric }: Need & { kind: 'insight-rule' }, grid: Grid): Promise<readonly Line[]> {
    const values = await this.#sources.rules?.values(this.#range.call.tenant, rule, metric, grid)
    return values === undefined ? [] : [{ label: `${rule} ${metric}`, values }]
  }

  async #insights(sql: string, grid: Grid): Promise<readonly Line[]> {
    const query = parseInsights(sql)
    const { call } = this.#range
    const listed = await this.#listed({ namespace: query.namespace, name: query.metricName })
    let selection = selectMetrics(query, listed, call.tenant.account)
    if (selection.truncated) this.#exceeded()
    const sum = async (slots: number): Promise<InsightsAggregation> => {
      const aggregation = new InsightsAggregation(query, selection, slots)
      const { metrics } = selection
      await this.#sources.reads.sumMany({ tenant: call.tenant, metrics, start: grid.start, period: grid.period, slots: grid.length }, aggregation)
      return aggregation
    }
    if (selection.groups.length * grid.length > CELL_LIMIT) {
      const first = new Set((await sum(0)).ranking())
      const { metrics, groupOf } = selection
      selection = selectMetrics(query, metrics.filter((_, place) => first.has(groupOf[place]!)), call.tenant.account)
    }
    if (grid.length === 0) return []
    return (await sum(grid.length)).series().map(({ group, values }) => {
      const { label, values: keys } = selection.groups[group]!
      return { label: label === '' ? query.metricName : label, values, properties: this.#insightsProperties(sql, keys, grid) }
    })
  }

  #insightsProperties(sql: string, keys: Readonly<Record<string, string>>, grid: Grid): Readonly<Record<string, string>> {
    const { namespace, metricName, statistic } = parseInsights(sql)
    const { account, region } = this.#range.call.tenant
    return {
      AccountId: account, AccountLabel: account, MetricName: metricName, Namespace: namespace, Period: String(grid.period),
      Region: region, Stat: statistic, ...Object.fromEntries(Object.entries(keys).map(([name, value]) => [`Dim.${name}`, value])),
    }
  }

  async #band({ metric, deviations }: BandNeed, grid: Grid): Promise<readonly Line[]> {
    const source = this.#detectorSource(metric)
    const model = source && await this.#sources.bands?.learn(this.#range.call.tenant, source, grid.period)
    if (model === undefined) return []
    const { lower, upper } = bandAt(model, grid, deviations)
    return [{ label: `${metric} (expected: lower)`, values: lower }, { label: `${metric} (expected: upper)`, values: upper }]
  }

  /** What a detector of that query would have learnt from: the metric itself, or the query with all that it is computed of. */
  #detectorSource(id: string): DetectorSource | undefined {
    return bandSource(this.#queries.map(query => ({ ...asAlarmQuery(query), returnData: false })), id)
  }

  #listed({ namespace, name }: { readonly namespace: string | undefined; readonly name: string | undefined }): Promise<readonly MetricIdentity[]> {
    const key = JSON.stringify([namespace, name])
    const known = this.#directory.get(key)
    if (known !== undefined) return known
    const { call, now } = this.#range
    const listing = this.#sources.directory.list({ tenant: call.tenant, namespace, name, dimensions: [], since: epochMillis(now - LISTED_FOR) })
    this.#directory.set(key, listing)
    return listing
  }

  #exceeded(): void {
    if (this.messages.length === 0) this.messages.push(EXCEEDED)
  }
}

const asAlarmQuery = (query: Query): AlarmQuery => {
  const { id, label, returnData } = query
  if (query.kind === 'expression') {
    return { id, label, returnData, account: undefined, expression: query.expression, period: query.period, stored: undefined }
  }
  const { metric, statistic, period, unit, account } = query
  return { id, label, returnData, account, expression: undefined, period: undefined, stored: { metric, statistic: statistic.text, period, unit } }
}
