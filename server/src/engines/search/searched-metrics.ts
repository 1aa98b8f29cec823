import type { MetricIdentity } from '../../model/metric.ts'
import { Listing, type KnownNames } from './listing.ts'
import type { MetricSearch } from './search.ts'

/** So many series the searches of a request or of an alarm yield, as a graph has. */
export const SEARCH_SERIES = 500

/** So many metrics are looked at before others have their turn: some milliseconds. */
const STRETCH = 5000

/** Metrics in which several searches look: the first goes through them, the others ask what each text is in. */
export class SearchedMetrics {
  readonly #metrics: readonly MetricIdentity[]
  readonly #names: KnownNames
  readonly #pause: () => Promise<void>
  #listing: Promise<Listing> | undefined
  #searches = 0

  /** `pause`: lets others have their turn. */
  constructor(metrics: readonly MetricIdentity[], names: KnownNames, pause: () => Promise<void>) {
    this.#metrics = metrics
    this.#names = names
    this.#pause = pause
  }

  /** What matches, in the order of the metrics. */
  async matching(search: MetricSearch): Promise<readonly MetricIdentity[]> {
    const found: MetricIdentity[] = []
    await this.#inStretches(this.#searches++ === 0 ? this.#metrics : search.candidates(await (this.#listing ??= this.#listed())), metric => {
      if (search.matches(metric)) found.push(metric)
    })
    return found
  }

  async #listed(): Promise<Listing> {
    const listing = new Listing(this.#names)
    await this.#inStretches(this.#metrics, metric => listing.add(metric))
    return listing
  }

  async #inStretches(metrics: readonly MetricIdentity[], look: (metric: MetricIdentity) => void): Promise<void> {
    for (let from = 0; from < metrics.length; from += STRETCH) {
      if (from > 0) await this.#pause()
      for (const metric of metrics.slice(from, from + STRETCH)) look(metric)
    }
  }
}
