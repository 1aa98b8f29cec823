import type { Clock, Timer } from '../../base/clock.ts'
import { sleep } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { epochSeconds, millis, type EpochSeconds } from '../../base/time.ts'
import type { MetricColumns } from '../../model/metric-columns.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { Journal } from '../journal/journal.ts'
import type { PointBlock, Resolution, SeriesRow, SetBlock } from '../metrics/point-block.ts'
import { BlockSorter } from './block-sorter.ts'
import { OpenBlock } from './open-block.ts'
import { BLOCK_KIND, PUT_KIND, STORED_KIND, writeBlockNote, writeStoredNote } from './put-record.ts'

/** Where blocks go. Each write is done once however often it is repeated with the same token and rows, and is durable then. */
export interface BlockTables {
  writePoints(resolution: Resolution, block: PointBlock, token: string): Promise<void>
  writeSets(resolution: Resolution, block: SetBlock, token: string): Promise<void>
  writeSeries(rows: readonly SeriesRow[], token: string): Promise<void>
}

export interface BlockWriterOptions {
  readonly journal: Journal
  readonly index: SeriesIndex
  readonly tables: BlockTables
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/**
 * An insert costs about a millisecond before its first row, and its part is merged later: few large ones are cheapest. Twice
 * as many rows save the engine a sixth of its time.
 */
export const BLOCK_ROWS = 524_288
const BLOCK_INTERVAL = millis(1000)
/** Rows that may wait while the store is away: about 100 MB. */
export const MAX_WAITING_ROWS = 4_000_000
const FIRST_RETRY_MILLIS = 100
const LAST_RETRY_MILLIS = 5_000

/**
 * Carries accepted rows to the store in blocks. Before a block is written, a note in the journal says which records it is
 * made of and its token: after a kill exactly the same block is written again, and the store leaves alone what it has.
 */
export class BlockWriter {
  readonly #options: BlockWriterOptions
  readonly #sorter: BlockSorter
  #open = new OpenBlock()
  /** Closed blocks that wait for their turn; there are any only while the store is slow or away. */
  readonly #full: OpenBlock[] = []
  #writing: OpenBlock | undefined
  #spare: OpenBlock | undefined
  /** Journal sequences of what was added last and of what is stored. */
  #added = 0
  #stored = 0
  #timer: Timer | undefined
  #running: Promise<void> | undefined
  /** From here on nothing is repeated: what fails now comes with the next start. */
  #leaving = false
  #closing = false
  /** Why the last try failed; undefined while all is well. */
  #trouble: string | undefined

  constructor(options: BlockWriterOptions) {
    this.#options = options
    this.#sorter = new BlockSorter(options.index)
  }

  /** Rows that are not in the store yet. */
  get waiting(): number {
    return this.#unstored().reduce((sum, { rows }) => sum + rows, 0)
  }

  get trouble(): string | undefined {
    return this.#trouble
  }

  get isFull(): boolean {
    return this.waiting >= MAX_WAITING_ROWS
  }

  /** The time of the oldest row that is not in the store yet; undefined when all are. */
  get oldestWaiting(): EpochSeconds | undefined {
    const oldest = this.#unstored().reduce((least, block) => Math.min(least, block.oldest), Infinity)
    return oldest === Infinity ? undefined : epochSeconds(oldest)
  }

  /** Takes the rows of the journal's record `sequence`; to be called in the order of the records. */
  add(columns: MetricColumns, sequence: number): void {
    this.replay(columns, sequence)
    if (this.#open.rows >= BLOCK_ROWS) {
      this.#full.push(this.#close())
      this.#start()
    } else this.#timer ??= this.#options.clock.after(BLOCK_INTERVAL, () => this.#start())
  }

  /** Takes rows of a record from before this start; they are written by {@link writeNoted} or {@link flush} alone. */
  replay(columns: MetricColumns, sequence: number): void {
    this.#open.add(columns, sequence)
    this.#added = sequence
  }

  /** Resolves when everything that was added before is in the store. */
  async flush(): Promise<void> {
    const upTo = this.#added
    while (this.#stored < upTo && !this.#closing) {
      this.#start()
      await this.#running
    }
  }

  /** Writes what was replayed so far as the block that a note in the journal already names. */
  async writeNoted(token: string): Promise<void> {
    if (this.#open.upTo > 0) await this.#writeBlock(this.#close(), token)
  }

  /** Writes what waits, unless the store is away: the journal has it. */
  async close(): Promise<void> {
    this.#leaving = true
    if (this.#trouble === undefined) await this.flush()
    this.#closing = true
    this.#timer?.cancel()
  }

  #start(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    try {
      do {
        const block = this.#full.shift() ?? this.#close()
        if (block.upTo > 0) await this.#writeBlock(block, undefined)
      } while (this.#full.length > 0 && !this.#closing)
    } catch (error) {
      // Giving up is only right when closing: the journal has the rows.
      if (!this.#closing) throw error
    } finally {
      this.#running = undefined
      if (this.#open.upTo > 0 && !this.#closing) this.#timer ??= this.#options.clock.after(BLOCK_INTERVAL, () => this.#start())
    }
  }

  #close(): OpenBlock {
    const block = this.#open
    this.#open = this.#spare ?? new OpenBlock()
    this.#spare = undefined
    return block
  }

  #unstored(): readonly OpenBlock[] {
    return this.#writing === undefined ? [...this.#full, this.#open] : [this.#writing, ...this.#full, this.#open]
  }

  async #writeBlock(block: OpenBlock, noted: string | undefined): Promise<void> {
    const { journal, entropy } = this.#options
    const token = noted ?? entropy.uuid()
    const upTo = block.upTo
    this.#writing = block
    if (noted === undefined) {
      await this.#insist('noting a block', () => journal.append(BLOCK_KIND, writeBlockNote({ upTo, token })))
    }
    await this.#write(block, token)
    this.#writing = undefined
    this.#stored = upTo
    block.clear()
    this.#spare = block
    await this.#settle(upTo)
  }

  async #write(block: OpenBlock, token: string): Promise<void> {
    const { index, tables } = this.#options
    const fresh = index.unpersisted()
    if (fresh.length > 0) {
      const rows = fresh.map(series => index.row(series))
      await this.#insist('writing series', () => tables.writeSeries(rows, token))
      index.persisted(fresh)
    }
    for (const resolution of [60, 1] as const) {
      const rows = block.of(resolution)
      if (rows.points > 0) {
        const points = await this.#sorter.points(rows)
        await this.#insist('writing points', () => tables.writePoints(resolution, points, token))
      }
      if (rows.sets > 0) {
        const sets = this.#sorter.sets(rows)
        await this.#insist('writing statistic sets', () => tables.writeSets(resolution, sets, token))
      }
    }
  }

  /** Lets go of the journal's records. */
  async #settle(upTo: number): Promise<void> {
    const { journal, log } = this.#options
    try {
      await journal.append(STORED_KIND, writeStoredNote(upTo))
    } catch (error) {
      // Without the note a restart offers the block again and the store leaves it alone. On a full disk, deleting is what helps.
      log.warn({ error: String(error) }, 'the journal could not note that a block is stored')
    }
    await journal.release(PUT_KIND, upTo)
  }

  /** Repeats until it succeeds: what was accepted has to get there, and in order. */
  async #insist<Result>(doing: string, act: () => Promise<Result>): Promise<Result> {
    for (let delay = FIRST_RETRY_MILLIS; ; delay = Math.min(delay * 2, LAST_RETRY_MILLIS)) {
      try {
        const result = await act()
        if (this.#trouble !== undefined) this.#options.log.info({ waiting: this.waiting }, 'the telemetry store takes metrics again')
        this.#trouble = undefined
        return result
      } catch (error) {
        this.#closing ||= this.#leaving
        if (this.#closing) throw error
        if (this.#trouble === undefined) {
          this.#options.log.warn({ error: String(error), waiting: this.waiting }, `${doing} failed and is repeated`)
        }
        this.#trouble = `${doing}: ${String(error)}`
        await sleep(this.#options.clock, millis(delay))
      }
    }
  }
}
