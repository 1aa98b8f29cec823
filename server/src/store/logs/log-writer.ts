import { sleep, type Clock, type Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import type { Journal } from '../journal/journal.ts'
import { LogBlock, type LogBatch } from './log-block.ts'
import { LOG_KIND, LOG_STORED_KIND } from './log-record.ts'

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

/** An insert has a price of its own and its part is merged later: few large ones are cheapest. */
const BLOCK_INTERVAL = millis(1000)
const BLOCK_ROWS = 262_144
const BLOCK_BYTES = 96 * 1_048_576
/** May wait while the store is away; beyond it requests are refused. */
const MAX_WAITING_BYTES = 512 * 1_048_576
const MAX_WAITING_ROWS = 2_000_000
/** Readers bring about so many small blocks at once; those that go on share one every so often. */
const READ_BURST = 64
const READ_INTERVAL = 100
const FIRST_RETRY_MILLIS = 100
const LAST_RETRY_MILLIS = 5_000

/**
 * Carries accepted events to the store in blocks. Nothing needs to be noted before: every event has a `seq` of its own, by which
 * it is seen after a kill which of them had arrived.
 */
export class LogWriter {
  readonly #options: LogWriterOptions
  #open = new LogBlock()
  /** Closed blocks that wait for their turn; there are any only while the store is slow or away. */
  readonly #full: LogBlock[] = []
  #writing: LogBlock | undefined
  /** Journal sequences of what was added last and of what is stored. */
  #added = 0
  #stored = 0
  #timer: Timer | undefined
  #running: Promise<void> | undefined
  /** When the next block for a reader would be due if they came evenly. */
  #nextRead = 0
  /** From here on nothing is repeated: what fails now comes with the next start. */
  #leaving = false
  #closing = false
  #trouble: string | undefined

  constructor(options: LogWriterOptions) {
    this.#options = options
  }

  /** Events that are not in the store yet. */
  get waiting(): number {
    return this.#unstored().reduce((sum, { rows }) => sum + rows, 0)
  }

  /** Why the last try failed; undefined while all is well. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  get isFull(): boolean {
    let rows = 0
    let bytes = 0
    for (const block of this.#unstored()) {
      rows += block.rows
      bytes += block.bytes
    }
    return rows >= MAX_WAITING_ROWS || bytes >= MAX_WAITING_BYTES
  }

  /** Takes the events of the journal's record `sequence`; to be called in the order of the records. */
  add(batch: LogBatch, sequence: number): void {
    this.#open.add(batch, sequence)
    this.#added = sequence
    if (this.#open.rows >= BLOCK_ROWS || this.#open.bytes >= BLOCK_BYTES) {
      this.#full.push(this.#close())
      this.#start()
    } else this.#timer ??= this.#options.clock.after(BLOCK_INTERVAL, () => this.#start())
  }

  /** Resolves when everything that was added before is in the store. */
  async flush(): Promise<void> {
    const upTo = this.#added
    while (this.#stored < upTo && !this.#closing) {
      this.#start()
      await this.#running
    }
  }

  /** Resolves when all events of these groups that were added before are in the store. */
  async settled(groups: readonly number[]): Promise<void> {
    if (!this.#unstored().some(block => groups.some(group => block.groups.has(group)))) return
    const { clock } = this.#options
    const now = clock.now()
    this.#nextRead = Math.min(now, Math.max(this.#nextRead, now - READ_BURST * READ_INTERVAL)) + READ_INTERVAL
    if (this.#nextRead > now) await sleep(clock, millis(READ_INTERVAL))
    await this.flush()
  }

  /** Lets go of the journal's records up to `sequence`. */
  async settle(sequence: number): Promise<void> {
    const { journal, log } = this.#options
    this.#stored = Math.max(this.#stored, sequence)
    const note = Buffer.alloc(8)
    note.writeDoubleLE(sequence)
    try {
      await journal.append(LOG_STORED_KIND, [note])
    } catch (error) {
      // Without the note a restart looks at the events again and leaves them alone. On a full disk, deleting is what helps.
      log.warn({ error: String(error) }, 'the journal could not note that a block of events is stored')
    }
    await journal.release(LOG_KIND, sequence)
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
        if (block.rows > 0) await this.#write(block)
      } while (this.#full.length > 0 && !this.#closing)
    } catch (error) {
      // Giving up is only right when closing: the journal has the events.
      if (!this.#closing) throw error
    } finally {
      this.#running = undefined
      if (this.#open.rows > 0 && !this.#closing) this.#timer ??= this.#options.clock.after(BLOCK_INTERVAL, () => this.#start())
    }
  }

  #close(): LogBlock {
    const block = this.#open
    this.#open = new LogBlock()
    return block
  }

  #unstored(): readonly LogBlock[] {
    return this.#writing === undefined ? [...this.#full, this.#open] : [this.#writing, ...this.#full, this.#open]
  }

  async #write(block: LogBlock): Promise<void> {
    this.#writing = block
    await this.#insist(block)
    this.#writing = undefined
    for (const { messages } of block.batches) messages.letGo()
    await this.settle(block.upTo)
  }

  /** Repeats until it succeeds: what was accepted has to get there, and in order. */
  async #insist(block: LogBlock): Promise<void> {
    const { target, clock, log } = this.#options
    for (let delay = FIRST_RETRY_MILLIS, tried = false; ; delay = Math.min(delay * 2, LAST_RETRY_MILLIS), tried = true) {
      try {
        await target.write(block.batches, tried)
        if (this.#trouble !== undefined) log.info({ waiting: this.waiting }, 'the telemetry store takes log events again')
        this.#trouble = undefined
        return
      } catch (error) {
        this.#closing ||= this.#leaving
        if (this.#closing) throw error
        if (this.#trouble === undefined) log.warn({ error: String(error), waiting: this.waiting }, 'writing log events failed and is repeated')
        this.#trouble = `writing log events: ${String(error)}`
        await sleep(clock, millis(delay))
      }
    }
  }
}
