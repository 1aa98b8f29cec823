import { sleep, type Clock } from '../../base/clock.ts'
import { millis } from '../../base/time.ts'

/** From here on senders are slowed down. */
const SLOW_FROM = 0.5
/** The longest pause of one that is let in. */
const SLOWEST_MILLIS = 200
const LOOK_AGAIN = millis(50)
/** Senders wait for their answer themselves: longer than this they had better be told to come again. */
const PATIENCE_MILLIS = 5_000

interface Options {
  readonly clock: Clock
  /** Of what may wait for the store, the part that does; from 1 on nothing more may come. */
  readonly fill: () => number
  /** The store is away: there is nothing to wait for. */
  readonly isAway: () => boolean
}

/**
 * Lets in what comes no faster than the store takes it: the fuller it gets, the longer each sender waits, until both are equally fast. Refusing
 * instead would make senders that are a little too fast send everything twice.
 */
export class Pace {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** True: at once; else whether there is room, when that is known. */
  room(): true | Promise<boolean> {
    const fill = this.#options.fill()
    return fill < SLOW_FROM ? true : this.#wait(fill)
  }

  async #wait(fill: number): Promise<boolean> {
    const { clock, isAway } = this.#options
    if (fill < 1) {
      if (!isAway()) await sleep(clock, millis(((fill - SLOW_FROM) / (1 - SLOW_FROM)) * SLOWEST_MILLIS))
      return true
    }
    for (let waited = 0; this.#options.fill() >= 1; waited += LOOK_AGAIN) {
      if (isAway() || waited >= PATIENCE_MILLIS) return false
      await sleep(clock, LOOK_AGAIN)
    }
    return true
  }
}
