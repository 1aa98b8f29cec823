import type { Tenant } from '../../../base/tenancy.ts'
import { epochSeconds, toMillis, type EpochSeconds } from '../../../base/time.ts'
import type { Grid, Line } from '../../../engines/expressions/program.ts'
import { InsightsAggregation } from '../../../engines/metrics-insights/aggregate.ts'
import { parseInsights } from '../../../engines/metrics-insights/parse.ts'
import type { InsightsQuery } from '../../../engines/metrics-insights/query.ts'
import { selectMetrics, type Selection } from '../../../engines/metrics-insights/select.ts'
import type { MetricSums } from '../../../model/metric.ts'
import type { MetricDirectory } from '../ports.ts'

/** Metrics Insights looks at the newest data only. */
const REACH = 3 * 3600
/** It answers so many series at most, which is also a query's LIMIT where it names none. */
const SERIES_LIMIT = 500

/** Answers Metrics Insights queries over an evaluation range. */
export class InsightsLines {
  readonly #directory: MetricDirectory
  readonly #sums: MetricSums

  constructor(directory: MetricDirectory, sums: MetricSums) {
    this.#directory = directory
    this.#sums = sums
  }

  /** A line for each group that has data; `properties` are what it is grouped by. Throws `SyntaxProblem`, which no door lets in. */
  async find(tenant: Tenant, sql: string, grid: Grid): Promise<{ readonly lines: readonly Line[]; readonly partial: boolean }> {
    const query = parseInsights(sql)
    const { start, period, length } = within(grid)
    const selection = await this.#select(tenant, query, start)
    const { metrics, groups, truncated } = selection
    const aggregation = new InsightsAggregation(query, selection, grid.length)
    const skipped = grid.length - length
    await this.#sums.sumMany({ tenant, metrics, start, period, slots: length }, {
      add: (metric, slot, count, sum, minimum, maximum) => aggregation.add(metric, skipped + slot, count, sum, minimum, maximum),
    })
    const lines = aggregation.series().map(({ group, values }): Line => ({ label: groups[group]!.label, values, properties: groups[group]!.values }))
    // A limit that the query itself sets leaves nothing out that was asked for.
    return { lines, partial: truncated || (query.limit === SERIES_LIMIT && groups.length > SERIES_LIMIT) }
  }

  async #select(tenant: Tenant, query: InsightsQuery, since: EpochSeconds): Promise<Selection> {
    const { namespace, metricName: name } = query
    return selectMetrics(query, await this.#directory.list({ tenant, namespace, name, dimensions: [], since: toMillis(since) }), tenant.account)
  }
}

/** The periods in reach: those at the end of the range. */
const within = ({ start, period, length }: Grid): Grid => {
  const reached = Math.max(1, Math.min(length, Math.floor(REACH / period)))
  return { start: epochSeconds(start + (length - reached) * period), period, length: reached }
}
