import { floorTo, seconds, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'

const MINUTE = seconds(60)

/**
 * Which minutes of one filter had events and no match: for those its default value is reported. Minutes are those in which events
 * came, as AWS has it ("if logs are ingested during a one-minute time period"), not those of their timestamps.
 */
export class MinuteMatches {
  readonly #minutes = new Map<EpochSeconds, boolean>()

  /** Events came, and some of them matched or none. */
  saw(at: EpochMillis, matched: boolean): void {
    const minute = floorTo(toSeconds(at), MINUTE)
    this.#minutes.set(minute, matched || this.#minutes.get(minute) === true)
  }

  get isEmpty(): boolean {
    return this.#minutes.size === 0
  }

  /** The minutes without a match that are over by `now`, oldest first; each is answered once. */
  take(now: EpochMillis): readonly EpochSeconds[] {
    const over = [...this.#minutes].filter(([minute]) => minute + MINUTE <= toSeconds(now))
    for (const [minute] of over) this.#minutes.delete(minute)
    return over.flatMap(([minute, matched]) => (matched ? [] : [minute])).sort((a, b) => a - b)
  }
}
