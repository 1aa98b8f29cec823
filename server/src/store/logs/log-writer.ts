import { sleep, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import { BlockQueue } from '../intake/block-queue.ts'
import { releaseStored } from '../intake/release-stored.ts'
import type { Journal } from '../journal/journal.ts'
import { LogBlock, type LogBatch } from './log-block.ts'
import { LOG_KIND, LOG_STORED_KIND } from './log-record.ts'
import { Pace } from './pace.ts'

/** Where blocks go. */
export interface BlockTarget {
  /** May leave out what nobody can see any more. `maybeThere`: an earlier try may have written some of it. */
  write(batches: readonly LogBatch[], maybeThere: boolean): Promise<void>
}

export interface LogWriterOptions {
  readonly journal: Journal
  readonly target: BlockTarget
  readonly clock: Clock
  readonly log: Log
}

/**
 * An insert has a price of its own and its part is merged later: few large ones are cheapest. Nobody waits for them: what is in them is
 * durable, and who reads has them written first.
 */
const BLOCK_INTERVAL = millis(2000)
const BLOCK_ROWS = 393_216
const BLOCK_BYTES = 128 * 1_048_576
/** May wait for the store. */
const MAX_WAITING_BYTES = 512 * 1_048_576
const MAX_WAITING_ROWS = 2_000_000
/** Readers bring about so many small blocks at once; those that go on share one every so often. */
const READ_BURST = 64
const READ_INTERVAL = 100

/**
 * Carries accepted events to the store in blocks. Nothing needs to be noted before: every event has a `seq` of its own, by which
 * it is seen after a kill which of them had arrived.
 */
export class LogWriter {
  /** To be asked before anything is added. */
  readonly pace: Pace
  readonly #options: LogWriterOptions
  readonly #queue: BlockQueue<LogBlock>
  /** When the next block for a reader would be due if they came evenly. */
  #nextRead = 0

  constructor(options: LogWriterOptions) {
    const { target, clock, log } = options
    this.#options = options
    this.#queue = new BlockQueue({
      what: 'log events',
      interval: BLOCK_INTERVAL,
      clock,
      log,
      make: () => new LogBlock(),
      isFull: ({ rows, bytes }) => rows >= BLOCK_ROWS || bytes >= BLOCK_BYTES,
      write: (block, insist) => insist('writing log events', again => target.write(block.batches, again)),
      stored: block => this.#letGo(block),
    })
    this.pace = new Pace({ clock, fill: () => this.#fill(), isAway: () => this.trouble !== undefined })
  }

  /** Events that are not in the store yet. */
  get waiting(): number {
    return this.#queue.waiting
  }

  /** Why the last try failed; undefined while all is well. */
  get trouble(): string | undefined {
    return this.#queue.trouble
  }

  /** Of what may wait, the part that does. */
  #fill(): number {
    let rows = 0
    let bytes = 0
    for (const block of this.#queue.unstored) {
      rows += block.rows
      bytes += block.bytes
    }
    return Math.max(rows / MAX_WAITING_ROWS, bytes / MAX_WAITING_BYTES)
  }

  /** Takes the events of the journal's record `sequence`; to be called in the order of the records. */
  add(batch: LogBatch, sequence: number): void {
    this.#queue.open.add(batch, sequence)
    this.#queue.added()
  }

  /** Resolves when all events of these groups that were added before are in the store. */
  async settled(groups: readonly number[]): Promise<void> {
    if (!this.#queue.unstored.some(block => groups.some(group => block.groups.has(group)))) return
    const { clock } = this.#options
    const now = clock.now()
    this.#nextRead = Math.min(now, Math.max(this.#nextRead, now - READ_BURST * READ_INTERVAL)) + READ_INTERVAL
    if (this.#nextRead > now) await sleep(clock, millis(READ_INTERVAL))
    await this.#queue.flush()
  }

  /** Lets go of the journal's records up to `sequence`. */
  release(sequence: number): Promise<void> {
    return releaseStored(this.#options, { records: [LOG_KIND], note: LOG_STORED_KIND }, sequence)
  }

  /** Writes what waits, unless the store is away: the journal has it. */
  close(): Promise<void> {
    return this.#queue.close()
  }

  async #letGo({ batches, upTo }: LogBlock): Promise<void> {
    for (const { messages } of batches) messages.letGo()
    await this.release(upTo)
  }
}
