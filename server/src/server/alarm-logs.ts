import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Tenant } from '../base/tenancy.ts'
import { InsightsProblem } from '../engines/insights/insights-problem.ts'
import type { LogRow, LogSearcher, LogSearchRequest } from '../jobs/alarm-rounds/ports.ts'
import type { LogSearches } from '../jobs/log-queries/log-searches.ts'
import { QueryRun, type RunParts } from '../jobs/log-queries/query-run.ts'
import { QueryTurns } from '../jobs/log-queries/query-turns.ts'
import { searchOf } from '../services/logs/queries/search-request.ts'
import type { LogGroupStore } from '../services/logs/ports.ts'
import { Fault } from '../wire/fault.ts'

interface Options {
  readonly groups: LogGroupStore
  readonly parts: RunParts
  readonly searcher: Pick<LogSearches, 'compile'>
  readonly clock: Clock
  readonly entropy: Entropy
}

/** Logs Insights for alarms: their results are not kept, and they wait for each other, not for what people ask. */
export class AlarmLogs implements LogSearcher {
  readonly #options: Options
  readonly #turns = new QueryTurns()

  constructor(options: Options) {
    this.#options = options
  }

  async find(tenant: Tenant, { groups, text, start, end, limit }: LogSearchRequest): Promise<{ readonly rows: readonly LogRow[] } | { readonly error: string }> {
    const { groups: store, parts, searcher, clock, entropy } = this.#options
    const named = groups.length === 0 ? {} : { logGroupIdentifiers: groups }
    try {
      const search = searchOf(store, { tenant, requestId: entropy.uuid(), text, start, end, limit, startedBy: '', ...named })
      // Whoever made the alarm need not be among those who may see what is masked.
      if (searcher.compile(search).commands.has('unmask')) return { error: 'Alarms cannot unmask log events' }
      const run = new QueryRun(parts, search, clock.now(), entropy.uuid())
      await run.run(this.#turns, () => undefined)
      return { rows: run.rows }
    } catch (error) {
      // The query, or the groups that it names, are not what they should be.
      if (error instanceof InsightsProblem || (error instanceof Fault && error.side === 'Sender')) return { error: error.message }
      throw error
    }
  }
}
