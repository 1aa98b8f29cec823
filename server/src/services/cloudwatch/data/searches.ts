import { afterReadyIo } from '../../../base/clock.ts'
import type { Seconds } from '../../../base/time.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { Grid, Line, Need } from '../../../engines/expressions/program.ts'
import { SyntaxProblem } from '../../../engines/languages/syntax-problem.ts'
import { KnownNames, Listing } from '../../../engines/search/listing.ts'
import { parseSearch, type MetricSearch } from '../../../engines/search/search.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { MetricIdentity } from '../../../model/metric.ts'
import { searchLabels } from './default-labels.ts'
import { onGrid } from './grid.ts'
import { propertiesOf, readRange, type Range } from './lines.ts'
import { readSeries, type SeriesReads, type Wanted } from './stored-series.ts'

export type SearchNeed = Need & { readonly kind: 'search' }

/** A SEARCH, the grid it is read on, and the Id of the expression that has it, for complaints. */
export interface AskedSearch {
  readonly need: SearchNeed
  readonly grid: Grid
  readonly id: string
}

/** Lists the metrics of a namespace and name. */
type List = (asked: { readonly namespace: string | undefined; readonly name: string | undefined }) => Promise<readonly MetricIdentity[]>

/** So many series the searches of a request, as a graph has. */
const SEARCH_SERIES = 500

interface Found {
  readonly need: SearchNeed
  readonly period: Seconds
  readonly wanted: readonly Wanted[]
}

/** The SEARCH expressions of one request: found together, as the labels of their series tell all of them apart. */
export class Searches {
  /** Whether there were more metrics than the request may have. */
  exceeded = false
  readonly #list: List
  readonly #range: Range
  readonly #cells: number
  readonly #names = new KnownNames()
  /** The same listing by its texts, from the second search in it on; undefined: one has been through. */
  readonly #searchedIn = new Map<readonly MetricIdentity[], Promise<Listing> | undefined>()
  readonly #found: Found[] = []
  readonly #labels = new Map<Wanted, string>()
  #searched = 0

  /** `cells`: so many buckets one search may read. */
  constructor(list: List, range: Range, cells: number) {
    this.#list = list
    this.#range = range
    this.#cells = cells
  }

  /** Finds what all of them read. Throws `ExpressionError`. */
  async find(searches: readonly AskedSearch[]): Promise<void> {
    for (const { need, grid, id } of searches) {
      if (this.#foundOf(need, grid) === undefined) this.#found.push({ need, period: grid.period, wanted: await this.#wanted(need, grid, id) })
    }
    const all = this.#found.flatMap(({ wanted }) => wanted)
    for (const [index, label] of searchLabels(all).entries()) this.#labels.set(all[index]!, label)
  }

  /** The series of one that was found. */
  async lines(reads: SeriesReads, need: SearchNeed, grid: Grid): Promise<readonly Line[]> {
    const { wanted } = this.#foundOf(need, grid)!
    const series = await readSeries(reads, wanted, readRange(this.#range))
    return wanted.map((each, index) => ({
      label: this.#labels.get(each)!, values: onGrid(series[index]!, grid), properties: propertiesOf(each, this.#range),
    }))
  }

  #foundOf(need: SearchNeed, grid: Grid): Found | undefined {
    return this.#found.find(found => found.need === need && found.period === grid.period)
  }

  async #wanted({ query, statistic: written }: SearchNeed, grid: Grid, id: string): Promise<readonly Wanted[]> {
    const search = searchOf(query, this.#range.call.tenant.account, this.#names, id)
    const parsed = parseStatistic(written)
    if (!parsed.ok) throw new ExpressionError(id, `'${written}' is not a valid statistic`)
    const metrics = await matching(search, await this.#candidates(search, await this.#list(search)))
    const room = Math.max(0, Math.min(SEARCH_SERIES - this.#searched, Math.floor(this.#cells / Math.max(1, grid.length))))
    if (metrics.length > room) this.exceeded = true
    const wanted = metrics.slice(0, room).map(metric => ({ metric, statistic: parsed.statistic, unit: undefined, period: grid.period }))
    this.#searched += wanted.length
    return wanted
  }

  async #candidates(search: MetricSearch, listed: readonly MetricIdentity[]): Promise<readonly MetricIdentity[]> {
    if (!this.#searchedIn.has(listed)) {
      this.#searchedIn.set(listed, undefined)
      return listed
    }
    const listing = this.#searchedIn.get(listed) ?? listingOf(listed, this.#names)
    this.#searchedIn.set(listed, listing)
    return search.candidates(await listing)
  }
}

/** So many metrics are looked at before other requests have their turn: some milliseconds. */
const STRETCH = 5000

const listingOf = async (metrics: readonly MetricIdentity[], names: KnownNames): Promise<Listing> => {
  const listing = new Listing(names)
  for (let from = 0; from < metrics.length; from += STRETCH) {
    await afterReadyIo()
    for (const metric of metrics.slice(from, from + STRETCH)) listing.add(metric)
  }
  return listing
}

const matching = async (search: MetricSearch, metrics: readonly MetricIdentity[]): Promise<readonly MetricIdentity[]> => {
  const found: MetricIdentity[] = []
  for (let from = 0; from < metrics.length; from += STRETCH) {
    if (from > 0) await afterReadyIo()
    for (const metric of metrics.slice(from, from + STRETCH)) if (search.matches(metric)) found.push(metric)
  }
  return found
}

const searchOf = (query: string, account: string, names: KnownNames, id: string) => {
  try {
    return parseSearch(query, account, names)
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new ExpressionError(id, `Invalid search at position ${error.at + 1}: ${error.message}`, error.at)
    throw error
  }
}
