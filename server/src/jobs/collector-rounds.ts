import type { Clock, Timer } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { millis, type EpochMillis, type Millis } from '../base/time.ts'

/** A collector and where its readings go, joined by the roof. */
export interface CollectorRound {
  readonly name: string
  /** Reads once and hands on what was read, as of `at`. */
  run(at: EpochMillis): Promise<void>
}

/** Runs a collector at every full multiple of its interval, and once at the start. A round never overlaps the one before. */
export class CollectorRounds {
  readonly #clock: Clock
  readonly #log: Log
  readonly #round: CollectorRound
  readonly #interval: Millis
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #failing = false
  #stopped = false

  constructor(options: { readonly clock: Clock; readonly log: Log; readonly round: CollectorRound; readonly interval: Millis }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#round = options.round
    this.#interval = options.interval
  }

  /** Resolves when the first round is done. */
  start(): Promise<void> {
    this.#running = this.#run()
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  /** Only once a round is over: one that hangs must not gather others behind it. */
  #schedule(): void {
    if (this.#stopped) return
    const now = this.#clock.now()
    const wait = this.#interval - (now % this.#interval)
    this.#timer = this.#clock.after(millis(wait), () => {
      this.#running = this.#run()
    })
  }

  async #run(): Promise<void> {
    try {
      await this.#round.run(this.#clock.now())
      if (this.#failing) this.#log.info({ collector: this.#round.name }, 'collector works again')
      this.#failing = false
    } catch (error) {
      // Said once; the next round tries again.
      if (!this.#failing) this.#log.warn({ collector: this.#round.name, error: String(error) }, 'collector failed')
      this.#failing = true
    }
    this.#schedule()
  }
}
