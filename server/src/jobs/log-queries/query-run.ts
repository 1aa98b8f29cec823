import type { CompiledQuery } from '../../engines/insights/compile-query.ts'
import type { LogQueryRow, LogQueryStatistics, LogSearch } from '../../model/log-query.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogExtent } from '../../model/log-scope.ts'
import { compileSearch, type LoadedTables, type TimeSlice } from './compile-search.ts'
import { loadTables } from './load-tables.ts'
import type { FieldPlaces, LookupSource, SearchedEvents } from './ports.ts'
import { isEventByEvent, progressOf, slicesOf } from './query-slices.ts'

export interface RunParts {
  readonly events: SearchedEvents
  readonly places: FieldPlaces
  readonly lookups: LookupSource
}

/** Gives queries their turns: those that are soon over do not wait for those that are not. */
export interface Turns {
  /** Throws {@link QueryEnded} when it is given up before its turn comes. */
  take<Result>(brief: boolean, given: AbortSignal, task: () => Promise<Result>): Promise<Result>
}

/** The query was ended from outside. */
export class QueryEnded extends Error {}

/** Up to so many events, a query is over within seconds: it may use all of the machine, and shows nothing before its end. */
const BRIEF_EVENTS = 20_000_000
/** Of more, nobody who wants the newest waits until all that pass the filters are counted. */
const COUNTED_BEHIND = 500_000

/** One query on its way: what was found until now, and how to end it. */
export class QueryRun {
  readonly #parts: RunParts
  readonly #search: LogSearch
  readonly #now: EpochMillis
  readonly #tag: string
  #rows: readonly LogQueryRow[] = []
  #statistics: LogQueryStatistics = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0, logGroupsScanned: 0 }
  readonly #end = new AbortController()
  #waiting = 0
  #tables: LoadedTables = new Map()

  constructor(parts: RunParts, search: LogSearch, now: EpochMillis, tag: string) {
    this.#parts = parts
    this.#search = search
    this.#now = now
    this.#tag = tag
  }

  get rows(): readonly LogQueryRow[] {
    return this.#rows
  }

  get statistics(): LogQueryStatistics {
    return this.#statistics
  }

  /** Resolves when everything was found. Throws {@link QueryEnded}, `InsightsProblem`, or what the store throws. */
  async run(turns: Turns, started: () => void): Promise<void> {
    const { events } = this.#parts
    const { groups, start, end } = this.#search
    await events.settled(groups.map(({ id }) => id))
    this.#tables = await loadTables(this.#parts.lookups, this.#search)
    const range = { from: start, to: end + 1 }
    const given = this.#end.signal
    this.#check()
    const over = await turns.take(true, given, async () => {
      this.#check()
      started()
      return this.#brief(() => this.#running(tag => events.extent(events.scopes(groups, range.from, range.to), tag)))
    })
    if (!over.done) await turns.take(false, given, () => this.#piecemeal(range, over.extent))
  }

  /** The statement that runs is ended soon; {@link run} then throws. */
  async end(): Promise<void> {
    this.#end.abort()
    if (this.#waiting > 0) await this.#parts.events.cancel(this.#tag)
  }

  /** Most queries are soon over, so that one begins before it is known how much there is to read; where there is too much, it is ended. */
  async #brief(measure: () => Promise<LogExtent>): Promise<{ readonly done: boolean; readonly extent: LogExtent }> {
    const measured = Promise.withResolvers<LogExtent>()
    const reading = this.#whole(measured.promise, true).then(() => undefined, (error: unknown) => ({ error }))
    // Asked behind it: what is looked for takes longer than counting.
    measure().then(measured.resolve, measured.reject)
    const extent = await measured.promise.catch(async (error: unknown) => {
      await reading
      throw error
    })
    if (extent.records > BRIEF_EVENTS && this.#waiting > 0) await this.#parts.events.cancel(this.#tag)
    const failure = await reading
    if (failure === undefined) return { done: true, extent }
    this.#check()
    if (extent.records <= BRIEF_EVENTS) throw failure.error
    return { done: false, extent }
  }

  async #whole(measuring: Promise<LogExtent>, brief: boolean): Promise<void> {
    const { groups } = this.#search
    const compiled = this.#compile()
    if (compiled.commands.has('estimate')) {
      // Nothing is scanned.
      this.#rows = (await this.#results(compiled, brief)).rows
      return
    }
    const { rows, matched, extent } = await this.#read(compiled, measuring, brief)
    this.#rows = rows
    this.#statistics = { recordsMatched: matched, recordsScanned: extent.records, bytesScanned: extent.bytes, logGroupsScanned: groups.length }
  }

  async #piecemeal(range: TimeSlice, extent: LogExtent): Promise<void> {
    const { events } = this.#parts
    const progress = progressOf(this.#compile())
    if (progress === 'whole') return this.#whole(Promise.resolve(extent), false)
    const hours = await this.#running(tag => events.hours(events.scopes(this.#search.groups, range.from, range.to), tag))
    const slices = slicesOf(range, hours)
    if (progress === 'newest first') return this.#newestFirst(slices)
    // Every slice is read again within the next one: only the newest is worth it.
    const [newest] = slices
    if (newest !== undefined && slices.length > 1) this.#rows = (await this.#results(this.#compile(newest), false)).rows
    await this.#whole(Promise.resolve(extent), false)
  }

  async #newestFirst(slices: readonly TimeSlice[]): Promise<void> {
    for (const slice of slices) {
      const compiled = this.#compile(slice)
      const { events } = this.#parts
      const scopes = events.scopes(this.#search.groups, slice.from, slice.to)
      const { rows, matched, extent } = await this.#read(compiled, this.#running(tag => events.extent(scopes, tag)), false)
      const before = this.#statistics
      this.#rows = [...this.#rows, ...rows].slice(0, compiled.limit)
      this.#statistics = {
        recordsMatched: before.recordsMatched + matched,
        recordsScanned: before.recordsScanned + extent.records,
        bytesScanned: before.bytesScanned + extent.bytes,
        logGroupsScanned: this.#search.groups.length,
      }
      if (this.#rows.length >= compiled.limit) return
    }
  }

  async #read(compiled: CompiledQuery, measuring: Promise<LogExtent>, brief: boolean) {
    const [{ rows, told }, counted, extent] = await this.#together([this.#results(compiled, brief), this.#matched(compiled, brief), measuring])
    const { records } = extent
    const matched = counted === 'all' ? records : (counted ?? told ?? (await this.#behind(compiled, rows.length, records, brief)))
    return { rows, matched, extent }
  }

  /** The rows of a statement, and of those that follow from them; `told`: how many events they say that matched. */
  async #results(first: CompiledQuery, brief: boolean): Promise<{ readonly rows: readonly LogQueryRow[]; readonly told: number | undefined }> {
    let told: number | undefined
    for (let compiled = first; ;) {
      const { sql, parameters } = compiled
      const found = await this.#running(tag => this.#parts.events.rows(sql, parameters, { brief, tag }))
      const { next } = compiled
      if (compiled.tellsMatched) told ??= Number(found[0]?.['matched'] ?? 0)
      if (next === undefined) return { rows: compiled.results(found), told }
      compiled = next(found)
    }
  }

  /** How many events passed the filters; undefined: the rows themselves tell. */
  async #matched(compiled: CompiledQuery, brief: boolean): Promise<number | 'all' | undefined> {
    const { matched, commands, tellsMatched } = compiled
    if (tellsMatched) return undefined
    if (matched === undefined || (!commands.has('filter') && !commands.has('filterIndex') && !commands.has('dedup'))) return 'all'
    return isEventByEvent(compiled) ? undefined : this.#counted(matched, brief)
  }

  /** How many passed the filters where no more were looked for than are shown: all that did, unless the limit cut them off. */
  async #behind({ matched, limit }: CompiledQuery, shown: number, records: number, brief: boolean): Promise<number> {
    return matched === undefined || shown < limit || records > COUNTED_BEHIND ? shown : this.#counted(matched, brief)
  }

  async #counted(matched: NonNullable<CompiledQuery['matched']>, brief: boolean): Promise<number> {
    const [row] = await this.#running(tag => this.#parts.events.rows(matched.sql, matched.parameters, { brief, tag }))
    return Number(row?.['matched'] ?? 0)
  }

  #compile(slice?: TimeSlice): CompiledQuery {
    return compileSearch(this.#parts, this.#now, this.#search, { tables: this.#tables, slice })
  }

  #check(): void {
    if (this.#end.signal.aborted) throw new QueryEnded()
  }

  async #running<Result>(statement: (tag: string) => Promise<Result>): Promise<Result> {
    this.#check()
    this.#waiting++
    try {
      return await statement(this.#tag)
    } catch (error) {
      this.#check()
      throw error
    } finally {
      this.#waiting--
    }
  }

  /** When one of them fails, the others are ended before it is told. */
  async #together<Results extends readonly unknown[]>(tasks: { readonly [Index in keyof Results]: Promise<Results[Index]> }): Promise<Results> {
    try {
      return (await Promise.all(tasks)) as unknown as Results
    } catch (error) {
      if (this.#waiting > 0) await this.#parts.events.cancel(this.#tag)
      await Promise.allSettled(tasks)
      throw error
    }
  }
}
