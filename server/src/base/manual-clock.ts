import type { Clock, Timer } from './clock.ts'
import { epochMillis, type EpochMillis, type Millis } from './time.ts'

interface Waiting {
  at: number
  readonly order: number
  readonly task: () => void
}

/** A clock that stands still until it is moved; for tests, backtests and drills. */
export class ManualClock implements Clock {
  #now: number
  #order = 0
  readonly #waiting = new Set<Waiting>()

  constructor(start: EpochMillis) {
    this.#now = start
  }

  now(): EpochMillis {
    return epochMillis(this.#now)
  }

  after(delay: Millis, task: () => void): Timer {
    const waiting: Waiting = { at: this.#now + Math.max(0, delay), order: this.#order++, task }
    this.#waiting.add(waiting)
    return { cancel: () => void this.#waiting.delete(waiting) }
  }

  /** Moves forward, firing due timers in their order, and lets promise callbacks run between them. */
  async advance(by: Millis): Promise<void> {
    const target = this.#now + by
    for (;;) {
      const next = this.#next(target)
      if (next === undefined) break
      this.#waiting.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.task()
      await settle()
    }
    this.#now = target
    await settle()
  }

  /**
   * Steps the clock without firing anything, as an operator or NTP does; backwards is allowed. Timers wait on, for as long as
   * they had to: the machine's do not follow the clock either.
   */
  step(to: EpochMillis): void {
    for (const waiting of this.#waiting) waiting.at += to - this.#now
    this.#now = to
  }

  #next(target: number): Waiting | undefined {
    let best: Waiting | undefined
    for (const waiting of this.#waiting) {
      if (waiting.at > target) continue
      if (best === undefined || waiting.at < best.at || (waiting.at === best.at && waiting.order < best.order)) best = waiting
    }
    return best
  }
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
