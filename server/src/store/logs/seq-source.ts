import type { Clock } from '../../base/clock.ts'
import { SEQ_PER_MILLI } from '../../model/log-identity.ts'

/**
 * Gives each event its `seq`: strictly increasing over all events of the server, across restarts too. A burst of more than a million
 * in a millisecond, or a clock that was set back, only lets it run ahead of the clock.
 */
export class SeqSource {
  readonly #clock: Clock
  #next = 0n

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The first of `count` numbers that follow one another. */
  take(count: number): bigint {
    const now = BigInt(Math.floor(this.#clock.now())) * SEQ_PER_MILLI
    const first = now > this.#next ? now : this.#next
    this.#next = first + BigInt(count)
    return first
  }

  /** Whatever is taken from here on is higher. */
  startAfter(seq: bigint): void {
    if (seq >= this.#next) this.#next = seq + 1n
  }
}
