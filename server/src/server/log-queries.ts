import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { LogSearches } from '../jobs/log-queries/log-searches.ts'
import type { RunParts } from '../jobs/log-queries/query-run.ts'
import type { Chore } from '../jobs/upkeep.ts'
import { QueryResults } from '../store/logs/query-results.ts'
import { SearchReads } from '../store/logs/search-reads.ts'
import type { QueryPorts } from '../services/logs/queries/operations.ts'
import type { Stores } from './stores.ts'

interface Options {
  readonly stores: Pick<Stores, 'control' | 'telemetry' | 'logs'>
  /** The data folder. */
  readonly folder: string
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Logs Insights over the stores. */
export interface LogQueries {
  readonly searcher: LogSearches
  /** For queries that nobody asks for again. */
  readonly parts: RunParts
  readonly ports: QueryPorts
  readonly chores: readonly Chore[]
  stop(): Promise<void>
}

export const openLogQueries = async ({ stores, folder, clock, entropy, log }: Options): Promise<LogQueries> => {
  const { control, telemetry, logs } = stores
  const events = new SearchReads(telemetry, logs.reads)
  const files = await QueryResults.open(join(folder, 'queries'))
  await control.lookupTables.open()
  const parts: RunParts = { events, places: logs.fields, lookups: control.lookupTables }
  const searcher = new LogSearches({ ...parts, book: control.logQueries, files, clock, entropy, log })
  await searcher.open()
  return {
    searcher,
    parts,
    ports: { searcher, definitions: control.queryDefinitions, lookupTables: control.lookupTables, schedules: control.scheduledQueries, entropy },
    chores: [{ name: 'forget old queries', run: async () => (await searcher.tidy(), false) }],
    stop: () => searcher.close(),
  }
}
