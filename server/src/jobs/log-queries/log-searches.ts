import type { Clock, Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { CompiledQuery } from '../../engines/insights/compile-query.ts'
import { InsightsProblem } from '../../engines/insights/insights-problem.ts'
import type { LogQuery, LogQueryRow, LogQueryStatus, LogSearch } from '../../model/log-query.ts'
import { compileSearch } from './compile-search.ts'
import type { QueryBook, ResultFiles } from './ports.ts'
import { QueryRun, type RunParts } from './query-run.ts'
import { QueryTurns } from './query-turns.ts'

interface Options extends RunParts {
  readonly book: QueryBook
  readonly files: ResultFiles
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_RUNNING = 100
const TIMEOUT = millis(60 * 60 * 1000)
const KEPT = 7 * 86_400_000
/** Long enough for most queries, too short for a person to notice. */
const MOMENT = millis(100)
/** A statement that has not begun yet is not found by who wants to end it. */
const ASK_AGAIN = millis(50)

/** Queries of log events: started, asked for while they run, ended, and kept for a week. */
export class LogSearches {
  readonly #options: Options
  readonly #turns = new QueryTurns()
  readonly #active = new Map<string, ActiveQuery>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Those that another server left unfinished have failed. */
  async open(): Promise<void> {
    await this.#options.book.fail('The server ended while the query was running', this.#options.clock.now())
  }

  /** Reads the text only; throws `InsightsProblem`, and what the search's `groupsOf` throws. */
  compile(search: LogSearch): CompiledQuery {
    return compileSearch(this.#options, this.#options.clock.now(), search)
  }

  /** Undefined: too many queries of this account are running. */
  async start(search: LogSearch): Promise<LogQuery | undefined> {
    const { book, clock, entropy } = this.#options
    const { tenant, text, groups, start, end, startedBy } = search
    if (this.#running(tenant) >= MAX_RUNNING) return undefined
    const query: LogQuery = {
      tenant, id: entropy.uuid(), text, groups: groups.map(({ arn }) => arn), start, end, createdAt: clock.now(), startedBy,
      status: 'Scheduled', statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0, logGroupsScanned: 0 }, rows: 0,
      finishedAt: undefined, reason: undefined,
    }
    const active = new ActiveQuery(query, new QueryRun(this.#options, search, query.createdAt, query.id))
    this.#active.set(query.id, active)
    // It runs while it is being written down.
    const known = book.add(query)
    active.done = this.#run(active, known)
    try {
      await known
    } catch (error) {
      await this.#end(active, 'Cancelled')
      throw error
    }
    return query
  }

  /** As it is now; undefined: the tenant has none of that id. */
  async get({ account, region }: Tenant, id: string): Promise<LogQuery | undefined> {
    const query = this.#active.get(id)?.query ?? (await this.#options.book.get(id))
    return query?.tenant.account === account && query.tenant.region === region ? query : undefined
  }

  /** A query that runs, as it is when it ends, or in a moment. */
  async soon(query: LogQuery): Promise<LogQuery> {
    const active = this.#active.get(query.id)
    if (active === undefined) return query
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = this.#options.clock.after(MOMENT, resolve)
    await Promise.race([promise, active.done])
    timer.cancel()
    return (await this.get(query.tenant, query.id)) ?? query
  }

  /** What was found until now; undefined: the rows are not there any more. */
  async rows(query: LogQuery): Promise<readonly LogQueryRow[] | undefined> {
    const active = this.#active.get(query.id)
    if (active !== undefined) return active.run.rows
    return query.rows === 0 ? [] : this.#options.files.get(query.id)
  }

  /** The newest first. */
  async list(tenant: Tenant): Promise<readonly LogQuery[]> {
    const known = await this.#options.book.list(tenant)
    return known.map(query => this.#active.get(query.id)?.query ?? query)
  }

  /** False: it has ended by itself. */
  async stop(query: LogQuery): Promise<boolean> {
    const active = this.#active.get(query.id)
    if (active === undefined) return false
    return this.#end(active, 'Cancelled')
  }

  /** Resolves with the query when it is over. */
  async finished(id: string): Promise<void> {
    await this.#active.get(id)?.done
  }

  /** Forgets what is older than a week. */
  async tidy(): Promise<void> {
    const { book, files, clock } = this.#options
    await book.forget(epochMillis(clock.now() - KEPT))
    const ids = await book.ids()
    await files.tidy(id => ids.has(id) || this.#active.has(id))
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    await Promise.all([...this.#active.values()].map(async active => {
      await this.#end(active, 'Cancelled')
      await active.done
    }))
  }

  #running({ account }: Tenant): number {
    return [...this.#active.values()].filter(({ query }) => query.tenant.account === account).length
  }

  async #end(active: ActiveQuery, status: 'Cancelled' | 'Timeout'): Promise<boolean> {
    if (active.endedAs !== undefined || active.over) return false
    active.endedAs = status
    await active.run.end()
    this.#askAgain(active)
    return true
  }

  #askAgain(active: ActiveQuery): void {
    const { clock, log } = this.#options
    clock.after(ASK_AGAIN, () => {
      if (active.over) return
      active.run.end().catch((error: unknown) => log.warn({ query: active.query.id, error: String(error) }, 'a query could not be ended'))
      this.#askAgain(active)
    })
  }

  /** Never rejects. */
  async #run(active: ActiveQuery, known: Promise<void>): Promise<void> {
    const { clock, log, files, book } = this.#options
    const { id } = active.query
    const timer: Timer = clock.after(TIMEOUT, () => {
      this.#end(active, 'Timeout').catch((error: unknown) => log.warn({ query: id, error: String(error) }, 'a query could not be ended'))
    })
    try {
      const [status, reason] = await this.#outcome(active)
      active.over = true
      await known
      const { rows } = active.run
      const failure = await files.put(id, rows).then(() => undefined, String)
      const finished: LogQuery = { ...active.query, status, reason, rows: rows.length, finishedAt: clock.now() }
      await book.update(failure === undefined ? finished : { ...finished, status: 'Failed', reason: 'The results could not be kept', rows: 0 })
      if (failure !== undefined) log.error({ query: id, failure }, 'the results of a query could not be kept')
    } catch (error) {
      log.error({ query: id, error: String(error) }, 'a query could not be written down')
    } finally {
      timer.cancel()
      this.#active.delete(id)
    }
  }

  async #outcome(active: ActiveQuery): Promise<readonly [LogQueryStatus, string | undefined]> {
    try {
      await active.run.run(this.#turns, () => active.begin())
      return ['Complete', undefined]
    } catch (error) {
      if (active.endedAs !== undefined) return [active.endedAs, undefined]
      if (error instanceof InsightsProblem) return ['Failed', error.message]
      this.#options.log.warn({ query: active.query.id, error: error instanceof Error ? error.message : String(error) }, 'a query failed')
      return ['Failed', reasonOf(error)]
    }
  }
}

/** What whoever asked may know of it: the store's own words hold pieces of statements. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && 'kind' in error && error.kind === 'limit' ? 'The query needs more memory than a query may use' : 'The query could not be run; the log of the server says why'

/** A query that is not over yet. */
class ActiveQuery {
  readonly run: QueryRun
  done: Promise<void> = Promise.resolve()
  endedAs: 'Cancelled' | 'Timeout' | undefined
  over = false
  readonly #query: LogQuery
  #status: LogQueryStatus = 'Scheduled'

  constructor(query: LogQuery, run: QueryRun) {
    this.#query = query
    this.run = run
  }

  begin(): void {
    this.#status = 'Running'
  }

  get query(): LogQuery {
    return { ...this.#query, status: this.endedAs ?? this.#status, statistics: this.run.statistics, rows: this.run.rows.length }
  }
}
