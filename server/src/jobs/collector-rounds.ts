import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { EpochMillis, Millis } from '../base/time.ts'
import { Rounds, untilNext } from './rounds.ts'

/** A collector and where its readings go, joined by the roof. */
export interface CollectorRound {
  readonly name: string
  /** Reads once and hands on what was read, as of `at`. */
  run(at: EpochMillis): Promise<void>
}

/** Runs a collector at every full multiple of its interval, and once at the start. */
export class CollectorRounds {
  readonly #clock: Clock
  readonly #log: Log
  readonly #round: CollectorRound
  readonly #rounds: Rounds
  #failing = false

  constructor(options: { readonly clock: Clock; readonly log: Log; readonly round: CollectorRound; readonly interval: Millis }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#round = options.round
    this.#rounds = new Rounds({ clock: options.clock, round: () => this.#run(), pause: untilNext(options.clock, options.interval) })
  }

  /** Resolves when the first round is done. */
  start(): Promise<void> {
    return this.#rounds.startNow()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
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
  }
}
