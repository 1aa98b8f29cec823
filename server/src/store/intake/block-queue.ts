import { sleep, type Clock, type Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis, type Millis } from '../../base/time.ts'

/** What was accepted since the block before it was closed. */
export interface QueuedBlock {
  readonly rows: number
  /** Journal sequence of the last record in it; 0 while there is none. */
  readonly upTo: number
}

/** Repeats a step until it succeeds, and tells it whether it was tried before. Rejects when the queue is closed meanwhile. */
export type Insist = <Result>(doing: string, act: (again: boolean) => Promise<Result>) => Promise<Result>

export interface BlockQueueOptions<Block> {
  /** What the blocks are made of: `metrics`. */
  readonly what: string
  /** How long the first rows of a block wait for others. */
  readonly interval: Millis
  readonly clock: Clock
  readonly log: Log
  /** An empty block. */
  make(): Block
  isFull(block: Block): boolean
  /** Brings a block to the store. */
  write(block: Block, insist: Insist): Promise<void>
  /** Lets go of the block and of the journal's records in it. */
  stored(block: Block): Promise<void>
}

const FIRST_RETRY_MILLIS = 100
const LAST_RETRY_MILLIS = 5_000

/**
 * Gathers what is accepted in blocks and writes them one after the other, in order. What is in them is in the journal, so nothing is
 * given up before the queue is closed.
 */
export class BlockQueue<Block extends QueuedBlock> {
  readonly #options: BlockQueueOptions<Block>
  #open: Block
  /** Closed blocks that wait for their turn; there are any only while the store is slow or away. */
  readonly #full: Block[] = []
  #writing: Block | undefined
  /** Journal sequences of what was added last and of what is stored. */
  #added = 0
  #stored = 0
  #timer: Timer | undefined
  #running: Promise<void> | undefined
  /** From here on nothing is repeated: what fails now comes with the next start. */
  #leaving = false
  #closing = false
  #trouble: string | undefined

  constructor(options: BlockQueueOptions<Block>) {
    this.#options = options
    this.#open = options.make()
  }

  /** The block that takes what comes next. */
  get open(): Block {
    return this.#open
  }

  /** Blocks that are not in the store yet, oldest first. */
  get unstored(): readonly Block[] {
    return this.#writing === undefined ? [...this.#full, this.#open] : [this.#writing, ...this.#full, this.#open]
  }

  /** Rows that are not in the store yet. */
  get waiting(): number {
    return this.unstored.reduce((sum, { rows }) => sum + rows, 0)
  }

  /** Why the last try failed; undefined while all is well. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** To be called after something was put into {@link open}: sees to it that it is written in time. */
  added(): void {
    this.held()
    if (this.#options.isFull(this.#open)) {
      this.#full.push(this.#close())
      this.#start()
    } else this.#wait()
  }

  /** As {@link added}, for what is written by {@link flush} or {@link writeOpen} alone. */
  held(): void {
    this.#added = this.#open.upTo
  }

  /** Resolves when everything that was added before is in the store. */
  async flush(): Promise<void> {
    const upTo = this.#added
    while (this.#stored < upTo && !this.#closing) {
      this.#start()
      await this.#running
    }
  }

  /** Writes what is in {@link open} as one block; not beside anything else. */
  async writeOpen(): Promise<void> {
    if (this.#open.upTo > 0) await this.#write(this.#close())
  }

  /** Writes what waits, unless the store is away: the journal has it. */
  async close(): Promise<void> {
    this.#leaving = true
    if (this.#trouble === undefined) await this.flush()
    this.#closing = true
    this.#timer?.cancel()
  }

  #wait(): void {
    this.#timer ??= this.#options.clock.after(this.#options.interval, () => this.#start())
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
        if (block.upTo > 0) await this.#write(block)
      } while (this.#full.length > 0 && !this.#closing)
    } catch (error) {
      // Giving up is only right when closing: the journal has the rows.
      if (!this.#closing) throw error
    } finally {
      this.#running = undefined
      if (this.#open.upTo > 0 && !this.#closing) this.#wait()
    }
  }

  #close(): Block {
    const block = this.#open
    this.#open = this.#options.make()
    return block
  }

  async #write(block: Block): Promise<void> {
    const { upTo } = block
    this.#writing = block
    await this.#options.write(block, this.#insist)
    this.#writing = undefined
    this.#stored = upTo
    await this.#options.stored(block)
  }

  /** What was accepted has to get there, and in order. */
  readonly #insist: Insist = async (doing, act) => {
    const { what, clock, log } = this.#options
    for (let delay = FIRST_RETRY_MILLIS, again = false; ; delay = Math.min(delay * 2, LAST_RETRY_MILLIS), again = true) {
      try {
        const result = await act(again)
        if (this.#trouble !== undefined) log.info({ waiting: this.waiting }, `the telemetry store takes ${what} again`)
        this.#trouble = undefined
        return result
      } catch (error) {
        this.#closing ||= this.#leaving
        if (this.#closing) throw error
        if (this.#trouble === undefined) log.warn({ error: String(error), waiting: this.waiting }, `${doing} failed and is repeated`)
        this.#trouble = `${doing}: ${String(error)}`
        await sleep(clock, millis(delay))
      }
    }
  }
}
