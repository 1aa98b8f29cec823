import type { Clock, Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import type { AdmitPut, DecodedPut, DecodePut, PutRequest } from '../../model/metric-intake.ts'
import { markText, type OnceBook, type OnceMark } from '../../model/once-mark.ts'
import type { Head } from '../head/head.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { Journal } from '../journal/journal.ts'
import { BlockWriter, type BlockTables } from './block-writer.ts'
import { OverloadedError } from './overloaded-error.ts'
import { ONCE_KIND, PUT_KIND, writeOnce, writePut } from './put-record.ts'
import { replay } from './replay.ts'
import { rebuildHead, type RecentTables } from './rebuild-head.ts'

export interface MetricIntakeOptions {
  readonly journal: Journal
  readonly index: SeriesIndex
  readonly head: Head
  readonly tables: BlockTables & RecentTables
  readonly decode: DecodePut
  readonly once: OnceBook
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

export interface Accepted extends DecodedPut {
  /** Rows that the request became: one for each distinct value of each datum. */
  readonly rows: number
}

const MINUTE = millis(60_000)
/** About a kilobyte each, with what recognises them in requests. */
const MAX_SERIES = 1_000_000
/** Columns that are kept for the next request; larger ones, of a request with very many values, are not. */
const KEPT_COLUMNS = 64
const KEPT_ROWS = 8192

/**
 * The way of every datum: decode and validate → journal (durable) → head → store. A request is answered once it is in the
 * journal; one that fails anywhere before leaves no trace.
 */
export class MetricIntake {
  readonly #options: MetricIntakeOptions
  readonly #writer: BlockWriter
  readonly #columns: MetricColumns[] = []
  /** Marks whose records the journal still holds. */
  readonly #marks = new Set<string>()
  #upkeep: Timer | undefined

  private constructor(options: MetricIntakeOptions) {
    this.#options = options
    this.#writer = new BlockWriter({ ...options, noteMarks: marks => this.#note(marks) })
  }

  /**
   * Brings what the journal still holds into the store, and the recent past from the store into the head; the store must
   * answer. Nothing is counted twice: the head is filled from the store alone, after everything is in it.
   */
  static async open(options: MetricIntakeOptions): Promise<MetricIntake> {
    const intake = new MetricIntake(options)
    for (const row of await options.tables.loadSeries()) options.index.load(row)
    await replay(options, intake.#writer, mark => intake.#marks.add(markText(mark)))
    await rebuildHead(options.tables, options.index, options.head, options.clock.now())
    // Only from here on: what was accepted once is taken back whatever the limit.
    options.index.limitTo(MAX_SERIES)
    intake.#keepUp()
    return intake
  }

  /**
   * Takes a PutMetricData request. `admit` is asked with the namespace before anything is kept, and refuses by throwing.
   * Throws the decoder's `Fault`, {@link OverloadedError} or `SeriesLimitError`, or a `JournalError` (`DiskFullError`,
   * `JournalFullError`).
   */
  async accept(request: PutRequest, admit: AdmitPut = () => undefined): Promise<Accepted> {
    const { decode, journal, head } = this.#options
    const columns = this.#columns.pop() ?? new MetricColumns()
    try {
      const { namespace, failureMessage } = decode(request, columns, admit)
      if (this.#writer.isFull) throw new OverloadedError('too many datums wait for the telemetry store')
      const sequence = await journal.append(PUT_KIND, writePut(request))
      head.apply(columns)
      this.#writer.add(columns, sequence)
      return { namespace, failureMessage, rows: columns.points + columns.sets }
    } finally {
      if (this.#columns.length < KEPT_COLUMNS && columns.series.length <= KEPT_ROWS) this.#columns.push(columns)
    }
  }

  /**
   * Takes requests together, unless that was done under this mark before. One that cannot be decoded leaves the others alone; its error
   * is thrown when they are taken. Throws what {@link accept} throws.
   */
  async acceptOnce(mark: OnceMark, requests: readonly PutRequest[]): Promise<void> {
    const { decode, journal, head, once } = this.#options
    // In this order: a mark leaves the one when it is in the other.
    if (this.#marks.has(markText(mark)) || (await once.has(mark))) return
    const decoded: MetricColumns[] = []
    const accepted: PutRequest[] = []
    let failure: unknown
    for (const request of requests) {
      const columns = new MetricColumns()
      try {
        decode(request, columns, () => undefined)
        decoded.push(columns)
        accepted.push(request)
      } catch (error) {
        failure ??= error
      }
    }
    if (this.#writer.isFull) throw new OverloadedError('too many datums wait for the telemetry store')
    if (decoded.length > 0) {
      const sequence = await journal.append(ONCE_KIND, writeOnce({ mark, requests: accepted }))
      this.#marks.add(markText(mark))
      for (const columns of decoded) head.apply(columns)
      this.#writer.addMarked(mark, decoded, sequence)
    }
    if (failure !== undefined) throw failure
  }

  get writer(): BlockWriter {
    return this.#writer
  }

  /** Writes what waits, unless the store is away; then it is in the journal, and comes with the next start. */
  async close(): Promise<void> {
    this.#upkeep?.cancel()
    await this.#writer.close()
  }

  async #note(marks: readonly OnceMark[]): Promise<void> {
    await this.#options.once.note(marks)
    for (const mark of marks) this.#marks.delete(markText(mark))
  }

  #keepUp(): void {
    const { clock, head } = this.#options
    this.#upkeep = clock.after(MINUTE, () => {
      head.advance(clock.now())
      this.#keepUp()
    })
  }
}
