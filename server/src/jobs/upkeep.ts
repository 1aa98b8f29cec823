import type { Clock, Timer } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { millis } from '../base/time.ts'

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
  readonly #clock: Clock
  readonly #log: Log
  readonly #chores: readonly Chore[]
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: { readonly clock: Clock; readonly log: Log; readonly chores: readonly Chore[] }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#chores = options.chores
  }

  /** The first round comes after a pause: a start has better things to do. */
  start(): void {
    this.#after(BETWEEN_PIECES)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  #after(delay: typeof PAUSE): void {
    if (this.#stopped) return
    this.#timer = this.#clock.after(delay, () => {
      this.#running = this.#round()
    })
  }

  async #round(): Promise<void> {
    let more = false
    for (const chore of this.#chores) {
      if (this.#stopped) return
      try {
        more = (await chore.run()) || more
      } catch (error) {
        // What could not be done now is done next time.
        this.#log.warn({ chore: chore.name, error: String(error) }, 'upkeep failed')
      }
    }
    this.#after(more ? BETWEEN_PIECES : PAUSE)
  }
}
