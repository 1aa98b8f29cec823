import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { epochSeconds, millis, type EpochSeconds } from '../../base/time.ts'
import type { MetricColumns } from '../../model/metric-columns.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { Journal } from '../journal/journal.ts'
import type { PointBlock, Resolution, SeriesRow, SetBlock } from '../metrics/point-block.ts'
import { BlockQueue, type Insist } from './block-queue.ts'
import { BlockSorter } from './block-sorter.ts'
import { OpenBlock } from './open-block.ts'
import { BLOCK_KIND, ONCE_KIND, PUT_KIND, STORED_KIND, writeBlockNote } from './put-record.ts'
import { releaseStored } from './release-stored.ts'

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
  /** Remembers the marks of requests whose records the journal may forget from now on. */
  readonly noteMarks: (marks: readonly OnceMark[]) => Promise<void>
}

/**
 * An insert costs about a millisecond before its first row, and its part is merged later: few large ones are cheapest. Twice
 * as many rows save the engine a sixth of its time.
 */
export const BLOCK_ROWS = 524_288
const BLOCK_INTERVAL = millis(1000)
/** Rows that may wait while the store is away: about 100 MB. */
export const MAX_WAITING_ROWS = 4_000_000

/**
 * Carries accepted rows to the store in blocks. Before a block is written, a note in the journal says which records it is
 * made of and its token: after a kill exactly the same block is written again, and the store leaves alone what it has.
 */
export class BlockWriter {
  readonly #options: BlockWriterOptions
  readonly #sorter: BlockSorter
  readonly #queue: BlockQueue<OpenBlock>
  #spare: OpenBlock | undefined

  constructor(options: BlockWriterOptions) {
    this.#options = options
    this.#sorter = new BlockSorter(options.index)
    this.#queue = new BlockQueue({
      what: 'metrics',
      interval: BLOCK_INTERVAL,
      clock: options.clock,
      log: options.log,
      make: () => this.#make(),
      isFull: ({ rows }) => rows >= BLOCK_ROWS,
      write: (block, insist) => this.#write(block, insist),
      stored: block => this.#letGo(block),
    })
  }

  /** Rows that are not in the store yet. */
  get waiting(): number {
    return this.#queue.waiting
  }

  /** Why the last try failed; undefined while all is well. */
  get trouble(): string | undefined {
    return this.#queue.trouble
  }

  get isFull(): boolean {
    return this.waiting >= MAX_WAITING_ROWS
  }

  /** The time of the oldest row that is not in the store yet; undefined when all are. */
  get oldestWaiting(): EpochSeconds | undefined {
    const oldest = this.#queue.unstored.reduce((least, block) => Math.min(least, block.oldest), Infinity)
    return oldest === Infinity ? undefined : epochSeconds(oldest)
  }

  /** Takes the rows of the journal's record `sequence`; to be called in the order of the records. */
  add(columns: MetricColumns, sequence: number): void {
    this.#queue.open.add(columns, sequence)
    this.#queue.added()
  }

  /** The same for a record that holds several requests: they are in one block, or in none. */
  addMarked(mark: OnceMark, requests: readonly MetricColumns[], sequence: number): void {
    for (const columns of requests) this.#queue.open.add(columns, sequence)
    this.#queue.open.marks.push(mark)
    this.#queue.added()
  }

  /** Takes rows of a record from before this start; they are written by {@link writeNoted} or {@link flush} alone. */
  replay(columns: MetricColumns, sequence: number): void {
    this.#queue.open.add(columns, sequence)
    this.#queue.held()
  }

  /** What was replayed last is marked. */
  replayMark(mark: OnceMark): void {
    this.#queue.open.marks.push(mark)
  }

  /** Resolves when everything that was added before is in the store. */
  flush(): Promise<void> {
    return this.#queue.flush()
  }

  /** Writes what was replayed so far as the block that a note in the journal already names. */
  async writeNoted(token: string): Promise<void> {
    this.#queue.open.noted = token
    await this.#queue.writeOpen()
  }

  /** Writes what waits, unless the store is away: the journal has it. */
  close(): Promise<void> {
    return this.#queue.close()
  }

  #make(): OpenBlock {
    const block = this.#spare ?? new OpenBlock()
    this.#spare = undefined
    return block
  }

  async #write(block: OpenBlock, insist: Insist): Promise<void> {
    const { journal, entropy, index, tables, noteMarks } = this.#options
    const token = block.noted ?? entropy.uuid()
    if (block.noted === undefined) {
      await insist('noting a block', () => journal.append(BLOCK_KIND, writeBlockNote({ upTo: block.upTo, token })))
    }
    const fresh = index.unpersisted()
    if (fresh.length > 0) {
      const rows = fresh.map(series => index.row(series))
      await insist('writing series', () => tables.writeSeries(rows, token))
      index.persisted(fresh)
    }
    for (const resolution of [60, 1] as const) {
      const rows = block.of(resolution)
      if (rows.points > 0) {
        const points = await this.#sorter.points(rows)
        await insist('writing points', () => tables.writePoints(resolution, points, token))
      }
      if (rows.sets > 0) {
        const sets = this.#sorter.sets(rows)
        await insist('writing statistic sets', () => tables.writeSets(resolution, sets, token))
      }
    }
    if (block.marks.length > 0) await insist('noting what came of log events', () => noteMarks(block.marks))
  }

  async #letGo(block: OpenBlock): Promise<void> {
    const { upTo } = block
    block.clear()
    this.#spare = block
    await releaseStored(this.#options, { records: [PUT_KIND, ONCE_KIND], note: STORED_KIND }, upTo)
  }
}
