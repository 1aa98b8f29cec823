import type { Clock, Timer } from '../../base/clock.ts'
import { epochMillis, millis, type EpochMillis } from '../../base/time.ts'
import type { DeliveryOutcome, LeasedDelivery, RetryClass } from '../../model/notification.ts'

/** A leased delivery that waits for its turn. */
export interface Held {
  readonly leased: LeasedDelivery
  readonly leaseUntil: EpochMillis
}

/** Attempts at once, when all is well. Slack and PagerDuty throttle bursts; mail goes through one relay. */
const WIDEST: Readonly<Record<RetryClass, number>> = { http: 16, mail: 8, page: 4 }
const FIRST_WIDTH = 2
/** A receiver that says "not now" for longer is asked again all the same. */
const LONGEST_REST = millis(5 * 60 * 1000)

/**
 * The way to one endpoint: what waits, how much may be under way at once, and when it may be used again. It starts
 * narrow, widens with every success, and narrows to a single probe when nothing answers, so that a receiver that hangs
 * cannot take the places that others need.
 */
export class Lane {
  readonly destination: string
  readonly waiting: Held[] = []
  running = 0
  /** True while the last attempt found nobody who answers. */
  sick = false
  readonly #widest: number
  #width: number
  #restsUntil: EpochMillis = epochMillis(0)
  #wake: Timer | undefined

  constructor(destination: string, retryClass: RetryClass) {
    this.destination = destination
    this.#widest = WIDEST[retryClass]
    this.#width = Math.min(FIRST_WIDTH, this.#widest)
  }

  hasRoom(): boolean {
    return this.running < this.#width
  }

  /** Spaces attempts for receivers that ask for at most so many a second. */
  space(now: EpochMillis, perSecond: number | undefined): void {
    if (perSecond !== undefined) this.#rest(Math.max(now, this.#restsUntil) + 1000 / perSecond)
  }

  learn(outcome: DeliveryOutcome, now: EpochMillis): void {
    this.sick = outcome.kind === 'failed' && outcome.status === undefined && outcome.retryable
    if (this.sick) this.#width = 1
    else if (outcome.kind === 'delivered') this.#width = Math.min(this.#width + 1, this.#widest)
    if (outcome.kind === 'failed' && outcome.retryAt !== undefined) this.#rest(Math.min(outcome.retryAt, now + LONGEST_REST))
  }

  rests(now: EpochMillis): boolean {
    // Further away than any rest: the clock was set back.
    if (this.#restsUntil - now > LONGEST_REST) this.#restsUntil = now
    return this.#restsUntil > now
  }

  /** Calls `task` when the rest is over; once, however often it is asked. */
  wakeAfterRest(clock: Clock, task: () => void): void {
    this.#wake?.cancel()
    this.#wake = clock.after(millis(Math.ceil(this.#restsUntil - clock.now())), task)
  }

  isIdle(now: EpochMillis): boolean {
    return this.waiting.length === 0 && this.running === 0 && !this.sick && !this.rests(now)
  }

  #rest(until: number): void {
    this.#restsUntil = epochMillis(Math.max(this.#restsUntil, until))
  }
}
