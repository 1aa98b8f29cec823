import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'

interface Step {
  readonly instant: EpochSeconds
  readonly from: AlarmStateValue
}

/** Steps that are remembered; a clock set back behind more than these is taken at its word. */
const REMEMBERED = 64

/**
 * What an alarm has already lived through. When the clock is set back by hours, the same instants come again, over data that
 * has been judged before: a verdict that only repeats what the alarm was then is no news and must not be sent again. Anything
 * else is, and is acted on at once: waiting until the clock has caught up would be blindness.
 */
export class Lived {
  /** Before its first evaluation by this process nobody knows what it was. */
  readonly #since: EpochSeconds
  #until: EpochSeconds
  #steps: Step[] = []

  constructor(since: EpochSeconds) {
    this.#since = since
    this.#until = since
  }

  /** An evaluation has taken place at the instant. */
  passed(instant: EpochSeconds): void {
    if (instant > this.#until) this.#until = instant
  }

  /** The alarm left the state `from` at the instant. In relived time everything after it is another story. */
  changed(instant: EpochSeconds, from: AlarmStateValue): void {
    if (instant < this.#until) {
      this.#until = instant
      this.#steps = this.#steps.filter(step => step.instant < instant)
    }
    this.#steps.push({ instant, from })
    if (this.#steps.length > REMEMBERED) this.#steps.shift()
  }

  /** Whether the instant has been lived through before. */
  again(instant: EpochSeconds): boolean {
    return instant <= this.#until
  }

  /**
   * Whether `verdict` at the instant is what the alarm was then; `current` is its state now. Where nobody knows, only an alarm
   * is news: going back to OK could make the same breach ring twice.
   */
  repeats(instant: EpochSeconds, verdict: AlarmStateValue, current: AlarmStateValue): boolean {
    if (!this.again(instant)) return false
    if (instant <= this.#since) return verdict !== 'ALARM'
    const next = this.#steps.find(step => step.instant > instant)
    return verdict === (next?.from ?? current)
  }

  /** Forgets everything after the instant: for an evaluation that has to be made once more. */
  rewind(instant: EpochSeconds): void {
    this.#until = epochSeconds(Math.min(this.#until, instant))
  }
}
