import { afterReadyIo } from '../../../base/clock.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { epochMillis, epochSeconds, toMillis, type EpochSeconds, type Seconds } from '../../../base/time.ts'
import type { Grid, Line, Need } from '../../../engines/expressions/program.ts'
import { KnownNames } from '../../../engines/search/listing.ts'
import { parseSearch } from '../../../engines/search/search.ts'
import { SEARCH_SERIES, SearchedMetrics } from '../../../engines/search/searched-metrics.ts'
import type { MetricIdentity } from '../../../model/metric.ts'
import { LISTED_FOR } from '../../../model/metric-limits.ts'
import type { MetricDirectory } from '../ports.ts'
import { roomFor, type MetricValues } from './metric-values.ts'

type SearchNeed = Need & { readonly kind: 'search' }

/** Namespaces and names that are kept listed between alarms and rounds. */
const LISTINGS = 100

interface Listed {
  /** Listed for this instant: what came later may be missing. */
  readonly upTo: EpochSeconds
  readonly metrics: Promise<SearchedMetrics>
}

/** Answers SEARCH over an evaluation range. Alarms that are due together, and search in the same metrics, list them once. */
export class SearchLines {
  readonly #directory: MetricDirectory
  readonly #values: MetricValues
  readonly #listed = new Map<string, Listed>()

  constructor(directory: MetricDirectory, values: MetricValues) {
    this.#directory = directory
    this.#values = values
  }

  /** A line for each metric that is found. Throws `SyntaxProblem`, which no door lets in. */
  async find(tenant: Tenant, { query, statistic }: SearchNeed, runs: readonly Grid[]): Promise<{ readonly lines: readonly Line[]; readonly partial: boolean }> {
    const { start, period, length } = runs.at(-1)!
    const found = await this.#metrics(tenant, query, epochSeconds(start + length * period))
    const lines = await this.#read(tenant, found.slice(0, SEARCH_SERIES), statistic, period, runs)
    return { lines, partial: found.length > SEARCH_SERIES }
  }

  async #read(tenant: Tenant, metrics: readonly MetricIdentity[], statistic: string, period: Seconds, runs: readonly Grid[]): Promise<readonly Line[]> {
    const slots = runs.reduce((sum, { length }) => sum + length, 0)
    const wanted = metrics.flatMap(metric => {
      const watched = this.#values.open(tenant, { metric, statistic, period, unit: undefined })
      return watched === undefined ? [] : [{ watched, room: roomFor(slots) }]
    })
    if (!wanted.every(({ watched, room }) => this.#values.recallRuns(watched, runs, room))) await this.#values.fetchRuns(wanted, runs)
    return wanted.map(({ watched, room }) => ({ label: watched.handle.metric.name, values: room.values }))
  }

  async #metrics(tenant: Tenant, query: string, upTo: EpochSeconds): Promise<readonly MetricIdentity[]> {
    const { account, region } = tenant
    const search = parseSearch(query, account)
    const key = JSON.stringify([account, region, search.namespace, search.name])
    let listed = this.#listed.get(key)
    if (listed === undefined || listed.upTo < upTo) {
      listed = { upTo, metrics: this.#list(tenant, search, upTo) }
      this.#keep(key, listed)
    }
    try {
      return await (await listed.metrics).matching(search)
    } catch (error) {
      // The next one asks anew.
      if (this.#listed.get(key) === listed) this.#listed.delete(key)
      throw error
    }
  }

  async #list(tenant: Tenant, { namespace, name }: { readonly namespace: string | undefined; readonly name: string | undefined }, upTo: EpochSeconds): Promise<SearchedMetrics> {
    const metrics = await this.#directory.list({ tenant, namespace, name, dimensions: [], since: epochMillis(toMillis(upTo) - LISTED_FOR) })
    return new SearchedMetrics(metrics, new KnownNames(), afterReadyIo)
  }

  /** The one that has not been listed anew for longest goes first. */
  #keep(key: string, listed: Listed): void {
    this.#listed.delete(key)
    this.#listed.set(key, listed)
    if (this.#listed.size > LISTINGS) this.#listed.delete(this.#listed.keys().next().value!)
  }
}
