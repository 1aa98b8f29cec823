import type { Clock } from '../../base/clock.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { DeliveryOutcome, DeliveryTarget, RetryClass } from '../../model/notification.ts'
import { parseDeliveryPolicy } from './delivery-policy.ts'
import { Lane, type Held } from './lane.ts'

/** Attempts under way: for endpoints that answer, and apart from them for those that do not. */
const MAX_RUNNING = 128
const MAX_RUNNING_SICK = 64
/** Nothing more is leased for a destination while so much waits for it. */
const DESTINATION_FULL = 64

/** To be called once with what came of an attempt; undefined where none was made. */
export type Ended = (outcome: DeliveryOutcome | undefined) => void

/** Every endpoint's lane, and the places that they share. */
export class Lanes {
  readonly #clock: Clock
  readonly #retryClass: (target: DeliveryTarget) => RetryClass
  readonly #begin: (held: Held, ended: Ended) => void
  readonly #lanes = new Map<string, Lane>()
  #running = 0
  #runningSick = 0
  #closed = false

  constructor(clock: Clock, retryClass: (target: DeliveryTarget) => RetryClass, begin: (held: Held, ended: Ended) => void) {
    this.#clock = clock
    this.#retryClass = retryClass
    this.#begin = begin
  }

  get running(): number {
    return this.#running + this.#runningSick
  }

  add(held: Held): void {
    const { delivery, destination } = held.leased
    // Endpoints of one host may fare differently: one Slack channel is throttled, one path hangs.
    const name = `${destination} ${delivery.subscription.endpoint}`
    let lane = this.#lanes.get(name)
    if (lane === undefined) {
      lane = new Lane(destination, this.#retryClass(delivery.subscription))
      this.#lanes.set(name, lane)
    }
    lane.waiting.push(held)
  }

  /** Begins whatever waits and has a place. */
  dispatch(): void {
    if (this.#closed) return
    const now = this.#clock.now()
    for (const [name, lane] of this.#lanes) {
      while (lane.hasRoom() && !lane.rests(now) && this.#hasPlace(lane)) {
        const next = lane.waiting.shift()
        if (next === undefined) break
        this.#start(lane, next, now)
      }
      if (lane.waiting.length > 0 && lane.rests(now)) lane.wakeAfterRest(this.#clock, () => this.dispatch())
      if (lane.isIdle(now)) this.#lanes.delete(name)
    }
  }

  /** Nothing begins any more; what runs goes on to its end. */
  close(): void {
    this.#closed = true
  }

  /** How much is in hand for endpoints that take it; the others keep their few besides. */
  heldWell(now: EpochMillis): number {
    let held = 0
    for (const lane of this.#lanes.values()) if (!lane.sick && !lane.rests(now)) held += lane.waiting.length + lane.running
    return held
  }

  fullDestinations(): readonly string[] {
    const waiting = new Map<string, number>()
    for (const lane of this.#lanes.values()) waiting.set(lane.destination, (waiting.get(lane.destination) ?? 0) + lane.waiting.length)
    return [...waiting].filter(([, count]) => count >= DESTINATION_FULL).map(([destination]) => destination)
  }

  #hasPlace(lane: Lane): boolean {
    return lane.sick ? this.#runningSick < MAX_RUNNING_SICK : this.#running < MAX_RUNNING
  }

  #start(lane: Lane, held: Held, now: EpochMillis): void {
    const sick = lane.sick
    if (sick) this.#runningSick++
    else this.#running++
    lane.running++
    lane.space(now, parseDeliveryPolicy(held.leased.delivery.subscription.deliveryPolicy).maxReceivesPerSecond)
    this.#begin(held, outcome => {
      if (sick) this.#runningSick--
      else this.#running--
      lane.running--
      if (outcome !== undefined) lane.learn(outcome, this.#clock.now())
      this.dispatch()
    })
  }
}
