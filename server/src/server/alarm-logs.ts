import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Tenant } from '../base/tenancy.ts'
import { InsightsProblem } from '../engines/insights/insights-problem.ts'
import type { LogRow, LogSearcher, LogSearchRequest } from '../jobs/alarm-rounds/ports.ts'
import { compileSearch } from '../jobs/log-queries/compile-search.ts'
import type { FieldPlaces, SearchedEvents } from '../jobs/log-queries/ports.ts'
import type { LogSearch } from '../model/log-query.ts'
import { searchOf } from '../services/logs/queries/search-request.ts'
import type { LogGroupStore } from '../services/logs/ports.ts'
import { Fault } from '../wire/fault.ts'

interface Options {
  readonly groups: LogGroupStore
  readonly events: SearchedEvents
  readonly places: FieldPlaces
  readonly clock: Clock
  readonly entropy: Entropy
}

/** Searches up to so many events may use all of the machine. */
const BRIEF_EVENTS = 20_000_000

/** Logs Insights for alarms: results are not kept, and nobody asks how far a search is. */
export class AlarmLogs implements LogSearcher {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  async find(tenant: Tenant, request: LogSearchRequest): Promise<{ readonly rows: readonly LogRow[] } | { readonly error: string }> {
    try {
      const search = this.#search(tenant, request)
      await this.#options.events.settled(search.groups.map(({ id }) => id))
      return { rows: await this.#rows(search) }
    } catch (error) {
      // The query, or the groups that it names, are not what they should be.
      if (error instanceof InsightsProblem || (error instanceof Fault && error.side === 'Sender')) return { error: error.message }
      throw error
    }
  }

  #search(tenant: Tenant, { groups, text, start, end, limit }: LogSearchRequest): LogSearch {
    const named = groups.length === 0 ? {} : { logGroupIdentifiers: groups }
    return searchOf(this.#options.groups, { tenant, requestId: this.#options.entropy.uuid(), text, start, end, limit, startedBy: '', ...named })
  }

  /** The rows of a statement, and of those that follow from them. */
  async #rows(search: LogSearch): Promise<readonly LogRow[]> {
    const { events, clock, entropy } = this.#options
    const brief = (await events.records(events.scopes(search.groups, search.start, search.end + 1))) <= BRIEF_EVENTS
    let compiled = compileSearch(this.#options, clock.now(), search)
    // Everybody may read a message; whoever made the alarm need not be among those who may see more.
    if (compiled.commands.has('unmask')) throw new InsightsProblem('Alarms cannot unmask log events', 0, search.text.length)
    for (;;) {
      const found = await events.rows(compiled.sql, compiled.parameters, { brief, tag: entropy.uuid() })
      if (compiled.next === undefined) return compiled.results(found)
      compiled = compiled.next(found)
    }
  }
}
