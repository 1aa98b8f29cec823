import { afterReadyIo } from '../../../base/clock.ts'
import type { Seconds } from '../../../base/time.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { Grid, Line, Need } from '../../../engines/expressions/program.ts'
import { SyntaxProblem } from '../../../engines/languages/syntax-problem.ts'
import { KnownNames } from '../../../engines/search/listing.ts'
import { parseSearch } from '../../../engines/search/search.ts'
import { SEARCH_SERIES, SearchedMetrics } from '../../../engines/search/searched-metrics.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { MetricIdentity } from '../../../model/metric.ts'
import { searchLabels } from './default-labels.ts'
import { onGrid } from './grid.ts'
import { propertiesOf, readRange, type Range } from './lines.ts'
import { readSeries, type SeriesReads, type Wanted } from './stored-series.ts'

type SearchNeed = Need & { readonly kind: 'search' }

/** A SEARCH, the grid it is read on, and the Id of the expression that has it, for complaints. */
export interface AskedSearch {
  readonly need: SearchNeed
  readonly grid: Grid
  readonly id: string
}

/** Lists the metrics of a namespace and name. */
type List = (asked: { readonly namespace: string | undefined; readonly name: string | undefined }) => Promise<readonly MetricIdentity[]>

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
  readonly #listings = new Map<readonly MetricIdentity[], SearchedMetrics>()
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

  async #wanted(need: SearchNeed, grid: Grid, id: string): Promise<readonly Wanted[]> {
    const { search, statistic } = searchOf(need, this.#range.call.tenant.account, id, this.#names)
    const metrics = await this.#searchedIn(await this.#list(search)).matching(search)
    const room = Math.max(0, Math.min(SEARCH_SERIES - this.#searched, Math.floor(this.#cells / Math.max(1, grid.length))))
    if (metrics.length > room) this.exceeded = true
    const wanted = metrics.slice(0, room).map(metric => ({ metric, statistic, unit: undefined, period: grid.period }))
    this.#searched += wanted.length
    return wanted
  }

  #searchedIn(listed: readonly MetricIdentity[]): SearchedMetrics {
    let searched = this.#listings.get(listed)
    if (searched === undefined) this.#listings.set(listed, (searched = new SearchedMetrics(listed, this.#names, afterReadyIo)))
    return searched
  }
}

/** Throws `ExpressionError` for what cannot be read. */
export const searchOf = ({ query, statistic: written }: SearchNeed, account: string, id: string, names = new KnownNames()) => {
  const statistic = parseStatistic(written)
  if (!statistic.ok) throw new ExpressionError(id, `'${written}' is not a valid statistic`)
  try {
    return { search: parseSearch(query, account, names), statistic: statistic.statistic }
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new ExpressionError(id, `Invalid search at position ${error.at + 1}: ${error.message}`, error.at)
    throw error
  }
}
