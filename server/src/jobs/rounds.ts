import type { Clock, Timer } from '../base/clock.ts'
import { millis, type Millis } from '../base/time.ts'

interface Options {
  readonly clock: Clock
  /** Never rejects. */
  readonly round: () => Promise<unknown>
  /** From the end of a round to the beginning of the next. */
  readonly pause: () => Millis
}

/** Does something again and again until it is stopped. A round never overlaps the one before: one that hangs gathers no others behind it. */
export class Rounds {
  readonly #options: Options
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: Options) {
    this.#options = options
  }

  /** For rounds that take long: whether they should come to an end. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** The first round comes after a pause. */
  start(): void {
    if (this.#stopped) return
    this.#timer = this.#options.clock.after(this.#options.pause(), () => {
      this.#running = this.#run()
    })
  }

  /** The first round comes at once; resolves when it is over. */
  startNow(): Promise<void> {
    this.#running = this.#run()
    return this.#running
  }

  /** Resolves when the round that may be under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  async #run(): Promise<void> {
    await this.#options.round()
    this.start()
  }
}

/** The pause until the clock next shows `offset` past a full multiple of the interval. */
export const untilNext = (clock: Clock, interval: Millis, offset = 0) => (): Millis => millis(interval - ((clock.now() - offset) % interval))
