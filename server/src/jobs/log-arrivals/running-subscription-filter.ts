import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import { compileSelectionCriteria } from '../../engines/patterns/selection-criteria.ts'
import { dataMessages } from '../../engines/subscriptions/payload.ts'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogArrival } from '../../model/log.ts'
import type { ArrivedLines } from './arrived-lines.ts'

/** What cannot be delivered anywhere is written down so often, for people to see it, and not for each request. */
const HOPELESS_EVERY = 60_000

/** A subscription filter at work. */
export class RunningSubscriptionFilter {
  readonly filter: LogSubscriptionFilter
  readonly #pattern: FilterPattern
  readonly #selected: boolean
  #hopelessSince = Number.NEGATIVE_INFINITY

  constructor(filter: LogSubscriptionFilter, source: Tenant) {
    this.filter = filter
    this.#pattern = compilePattern(filter.pattern)
    this.#selected = compileSelectionCriteria(filter.selectionCriteria ?? '')(source)
  }

  /** Data messages of at most so many bytes, and how many events they hold. */
  messages(arrival: LogArrival, lines: ArrivedLines, maxBytes: number): { readonly texts: readonly string[]; readonly events: number } {
    let events = 0
    if (this.#selected) for (const index of arrival.messages.keys()) if (this.#pattern.matches(lines.at(index))) events++
    if (events === 0) return { texts: [], events }
    return { texts: dataMessages({ filterName: this.filter.name, pattern: this.#pattern, ofAccount: this.filter.ofAccount === true }, arrival, lines.all(), maxBytes), events }
  }

  /** Whether it is time to say that nothing can be delivered. */
  tellsHopeless(now: EpochMillis): boolean {
    if (now < this.#hopelessSince + HOPELESS_EVERY) return false
    this.#hopelessSince = now
    return true
  }
}
