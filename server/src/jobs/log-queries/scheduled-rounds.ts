import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import { InsightsProblem } from '../../engines/insights/insights-problem.ts'
import { parseQuerySchedule } from '../../engines/insights/query-schedule.ts'
import type { LogQuery, LogQueryRow, LogSearch } from '../../model/log-query.ts'
import type { ScheduledDelivery, ScheduledQuery, ScheduledRun } from '../../model/scheduled-query.ts'
import { Rounds, untilNext } from '../rounds.ts'

interface Options {
  readonly book: {
    enabled(): Promise<readonly ScheduledQuery[]>
    trigger(id: string, at: EpochMillis): Promise<void>
    add(id: string, run: ScheduledRun): Promise<void>
  }
  readonly searcher: {
    start(search: LogSearch): Promise<LogQuery | undefined>
    finished(id: string): Promise<void>
    get(tenant: Tenant, id: string): Promise<LogQuery | undefined>
    rows(query: LogQuery): Promise<readonly LogQueryRow[] | undefined>
  }
  /** What a query asks for at a time; throws what is wrong with it: `InsightsProblem`, or a refusal of its groups. */
  readonly searchAt: (query: ScheduledQuery, at: EpochMillis) => LogSearch
  /** Writes results where the query wants them; answers where they are. */
  readonly deliver: (query: ScheduledQuery, run: LogQuery, rows: readonly LogQueryRow[]) => Promise<string>
  readonly clock: Clock
  readonly log: Log
}

/** Schedules are precise to the minute. */
const INTERVAL = millis(60_000)

/** Runs queries by the clock. What became due while the server was away is run once. */
export class ScheduledRounds {
  readonly #options: Options
  readonly #busy = new Map<string, Promise<void>>()
  readonly #rounds: Rounds

  constructor(options: Options) {
    this.#options = options
    this.#rounds = new Rounds({ clock: options.clock, round: () => this.run(), pause: untilNext(options.clock, INTERVAL) })
  }

  start(): void {
    this.#rounds.start()
  }

  async stop(): Promise<void> {
    await this.#rounds.stop()
    await Promise.all(this.#busy.values())
  }

  /** Begins what is due. Never rejects. */
  async run(): Promise<void> {
    const { book, clock, log } = this.#options
    try {
      for (const query of await book.enabled()) {
        const at = dueAt(query, clock.now())
        if (at === undefined || this.#busy.has(query.id)) continue
        await book.trigger(query.id, clock.now())
        const running = this.#execute(query, at)
          .catch((error: unknown) => log.error({ query: query.arn, error: String(error) }, 'what came of a scheduled query could not be written down'))
          .finally(() => this.#busy.delete(query.id))
        this.#busy.set(query.id, running)
      }
    } catch (error) {
      log.error({ error: String(error) }, 'scheduled queries could not be run')
    }
  }

  /** Resolves when everything that was begun is over. */
  async settled(): Promise<void> {
    await Promise.all(this.#busy.values())
  }

  async #execute(query: ScheduledQuery, at: EpochMillis): Promise<void> {
    const { book } = this.#options
    try {
      await book.add(query.id, await this.#outcome(query, at))
    } catch (error) {
      const status = error instanceof InsightsProblem ? 'InvalidQuery' : 'Failed'
      const reason = error instanceof Error ? error.message : String(error)
      await book.add(query.id, { at, queryId: undefined, status, reason, delivery: undefined })
    }
  }

  async #outcome(query: ScheduledQuery, at: EpochMillis): Promise<ScheduledRun> {
    const { searcher, searchAt } = this.#options
    const begun = await searcher.start(searchAt(query, at))
    if (begun === undefined) throw new Error('Too many queries of the account are running')
    await searcher.finished(begun.id)
    const ended = (await searcher.get(query.tenant, begun.id)) ?? begun
    const run = { at, queryId: begun.id, reason: ended.reason, delivery: undefined }
    if (ended.status !== 'Complete') return { ...run, status: ended.status === 'Timeout' ? 'Timeout' : 'Failed', reason: ended.reason ?? `The query was ${ended.status.toLowerCase()}` }
    return { ...run, status: 'Complete', delivery: await this.#delivery(query, ended) }
  }

  async #delivery(query: ScheduledQuery, run: LogQuery): Promise<ScheduledDelivery | undefined> {
    const { searcher, deliver } = this.#options
    if (query.destination === undefined) return undefined
    const { uri } = query.destination
    try {
      return { uri, status: 'COMPLETE', written: await deliver(query, run, (await searcher.rows(run)) ?? []), reason: undefined }
    } catch (error) {
      return { uri, status: 'FAILED', written: undefined, reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

/** The newest run that is due by now. */
const dueAt = ({ schedule, timezone, createdAt, updatedAt, triggeredAt, from, until }: ScheduledQuery, now: EpochMillis): EpochMillis | undefined => {
  const { next } = parseQuerySchedule(schedule, timezone)
  let due: EpochMillis | undefined
  for (let at = next(triggeredAt ?? (updatedAt > createdAt ? updatedAt : createdAt)); at !== undefined && at <= now; at = next(at)) due = at
  if (due === undefined || (from !== undefined && due < from) || (until !== undefined && due > until)) return undefined
  return due
}
