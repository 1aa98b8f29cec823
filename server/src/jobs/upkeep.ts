import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { millis } from '../base/time.ts'
import { Rounds } from './rounds.ts'

/** Something that has to be done now and then so that the stores stay within their bounds. */
export interface Chore {
  readonly name: string
  /** Does a bounded piece of work; answers true when there is more of it. */
  run(): Promise<boolean>
}

const PAUSE = millis(10 * 60 * 1000)
const BETWEEN_PIECES = millis(1_000)

/** Retention, roll-ups and pruning: one piece at a time, in the background, for as long as the server runs. */
export class Upkeep {
  readonly #log: Log
  readonly #chores: readonly Chore[]
  readonly #rounds: Rounds
  /** The first round comes soon, but not at once: a start has better things to do. */
  #pause = BETWEEN_PIECES

  constructor(options: { readonly clock: Clock; readonly log: Log; readonly chores: readonly Chore[] }) {
    this.#rounds = new Rounds({ clock: options.clock, round: () => this.#round(), pause: () => this.#pause })
    this.#log = options.log
    this.#chores = options.chores
  }

  start(): void {
    this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  async #round(): Promise<void> {
    let more = false
    for (const chore of this.#chores) {
      if (this.#rounds.stopped) return
      try {
        more = (await chore.run()) || more
      } catch (error) {
        // What could not be done now is done next time.
        this.#log.warn({ chore: chore.name, error: String(error) }, 'upkeep failed')
      }
    }
    this.#pause = more ? BETWEEN_PIECES : PAUSE
  }
}
