import { sleep, type Clock, type Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { epochMillis, millis, type EpochMillis } from '../../base/time.ts'
import type { Delivery, DeliveryAttempt, DeliveryOutcome } from '../../model/notification.ts'
import type { DeliveryQueue, NextDelivery } from '../ports.ts'
import { parseDeliveryPolicy } from './delivery-policy.ts'
import { DeadLetterNotice } from './dead-letter-notice.ts'
import { Lane, type Held } from './lane.ts'
import { nextStep } from './next-step.ts'
import type { Sender } from './ports.ts'

/** Of one look into the queue. */
const BATCH = 32
/** Held in memory for destinations that answer; those that do not keep their few besides. */
const MAX_HELD = 1_024
/** Nothing more is leased for a destination while so much waits for it. */
const DESTINATION_FULL = 64
/** Attempts under way: for destinations that answer, and apart from them for those that do not. */
const MAX_RUNNING = 128
const MAX_RUNNING_SICK = 64
const LEASE = millis(10 * 60 * 1000)
/** Channels cut themselves after 15 s; this is for one that does not. */
const ATTEMPT_LIMIT = millis(60_000)
/** After a failure of the queue itself. */
const QUEUE_PAUSE = millis(1_000)
/** Several ended attempts share one look into the queue. */
const GATHER = millis(5)
/** What waits for others (order keys, busy lanes) is looked at again after this, whatever else happens. */
const LONGEST_NAP = millis(60_000)

export interface DeliveryWorkerParts {
  readonly queue: DeliveryQueue
  readonly sender: Sender
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/**
 * Empties the outbox: leases what is due, sends it through lanes (one an endpoint), records what came of it. Anything
 * committed is picked up at once; waiting costs no polling.
 */
export class DeliveryWorker {
  readonly #parts: DeliveryWorkerParts
  readonly #notice: DeadLetterNotice
  readonly #lanes = new Map<string, Lane>()
  readonly #heldIds = new Set<string>()
  readonly #attempts = new Set<Promise<void>>()
  #running = 0
  #runningSick = 0
  #looking = false
  #lookAgain = false
  #nap: Timer | undefined
  #gather: Timer | undefined
  #stopped = false
  #queueBroken = false
  readonly #counts = { delivered: 0, retried: 0, throttled: 0, dead: 0 }

  constructor(parts: DeliveryWorkerParts) {
    this.#parts = parts
    this.#notice = new DeadLetterNotice(parts.log)
  }

  /** Takes back what a killed process had leased and begins. */
  async start(): Promise<void> {
    await this.#parts.queue.releaseAll()
    this.#parts.queue.onAdded(() => this.#look())
    this.#look()
  }

  /** Begins nothing new and waits for what is under way (at most the channels' timeout). */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#nap?.cancel()
    this.#gather?.cancel()
    await Promise.all(this.#attempts)
  }

  /** For self-metrics: what came of attempts since the start, and what is in hand now. */
  counts(): { readonly delivered: number; readonly retried: number; readonly throttled: number; readonly dead: number; readonly held: number; readonly running: number } {
    return { ...this.#counts, held: this.#heldIds.size, running: this.#running + this.#runningSick }
  }

  #look(): void {
    this.#lookAgain = true
    if (this.#looking || this.#stopped) return
    this.#looking = true
    void this.#fill()
  }

  /** Leases until nothing is due that there is room for, then sets the nap. Never rejects. */
  async #fill(): Promise<void> {
    try {
      do {
        await this.#leaseDue()
        await this.#setNap()
      } while (this.#lookAgain && !this.#stopped)
      this.#queueBroken = false
    } catch (error) {
      if (!this.#queueBroken) this.#parts.log.error({ error }, 'the outbox cannot be read; trying again every second')
      this.#queueBroken = true
      this.#sleepFor(QUEUE_PAUSE)
    }
    this.#looking = false
  }

  async #leaseDue(): Promise<void> {
    const { queue, clock } = this.#parts
    while (this.#lookAgain && !this.#stopped) {
      this.#lookAgain = false
      const now = clock.now()
      const room = Math.min(BATCH, MAX_HELD - this.#heldWell(now))
      if (room <= 0) return
      const leaseUntil = epochMillis(now + LEASE)
      const leased = await queue.lease(now, leaseUntil, room, this.#fullDestinations())
      for (const one of leased) this.#hold({ leased: one, leaseUntil })
      if (leased.length > 0) this.#lookAgain = true
      this.#dispatch()
    }
  }

  async #setNap(): Promise<void> {
    const due = await this.#parts.queue.nextDue()
    const wait = due === undefined ? undefined : due - this.#parts.clock.now()
    // Due already, yet not leased: it waits for a lane or for an older one, whose end looks again.
    if (wait !== undefined) this.#sleepFor(wait > 0 ? Math.min(wait, LONGEST_NAP) : LONGEST_NAP)
  }

  #sleepFor(wait: number): void {
    this.#nap?.cancel()
    if (!this.#stopped) this.#nap = this.#parts.clock.after(millis(wait), () => this.#look())
  }

  #hold(held: Held): void {
    const { delivery, destination } = held.leased
    // An expired lease of our own that comes back: it is still in hand.
    if (this.#heldIds.has(delivery.id)) return
    this.#heldIds.add(delivery.id)
    // Endpoints of one host may fare differently: one Slack channel is throttled, one path hangs.
    const name = `${destination} ${delivery.subscription.endpoint}`
    let lane = this.#lanes.get(name)
    if (lane === undefined) {
      lane = new Lane(destination, this.#parts.sender.retryClass(delivery.subscription))
      this.#lanes.set(name, lane)
    }
    lane.waiting.push(held)
  }

  #dispatch(): void {
    if (this.#stopped) return
    const now = this.#parts.clock.now()
    for (const [name, lane] of this.#lanes) {
      while (lane.hasRoom() && !lane.rests(now) && this.#hasPlace(lane)) {
        const next = lane.waiting.shift()
        if (next === undefined) break
        this.#begin(lane, next)
      }
      if (lane.waiting.length > 0 && lane.rests(now)) lane.wakeAfterRest(this.#parts.clock, () => this.#dispatch())
      if (lane.isIdle(now)) this.#lanes.delete(name)
    }
  }

  #hasPlace(lane: Lane): boolean {
    return lane.sick ? this.#runningSick < MAX_RUNNING_SICK : this.#running < MAX_RUNNING
  }

  #begin(lane: Lane, held: Held): void {
    const { clock } = this.#parts
    const now = clock.now()
    const { delivery } = held.leased
    // Too late to be sure that nobody else leases it meanwhile: let the lease run out and take it again.
    if (now + ATTEMPT_LIMIT > held.leaseUntil) {
      this.#heldIds.delete(delivery.id)
      return this.#sleepFor(Math.max(1, held.leaseUntil - now))
    }
    const sick = lane.sick
    if (sick) this.#runningSick++
    else this.#running++
    lane.running++
    lane.space(now, parseDeliveryPolicy(delivery.subscription.deliveryPolicy).maxReceivesPerSecond)
    const attempt = this.#attempt(lane, held).finally(() => {
      if (sick) this.#runningSick--
      else this.#running--
      lane.running--
      this.#heldIds.delete(delivery.id)
      this.#attempts.delete(attempt)
      this.#dispatch()
      this.#lookSoon()
    })
    this.#attempts.add(attempt)
  }

  async #attempt(lane: Lane, { leased: { delivery } }: Held): Promise<void> {
    const { clock, entropy, sender } = this.#parts
    const at = clock.now()
    const outcome = await this.#outcome(delivery)
    const now = clock.now()
    lane.learn(outcome, now)
    const next = nextStep(delivery, outcome, sender.retryClass(delivery.subscription), now, entropy)
    await this.#settle(delivery.id, { at, durationMillis: Math.max(0, now - at), outcome }, next)
    if (next.kind === 'delivered') this.#notice.delivered(delivery)
    if (next.kind === 'dead') this.#notice.died(delivery, outcome.detail)
    this.#counts[next.kind === 'retry' ? (next.counts ? 'retried' : 'throttled') : next.kind]++
  }

  /** The channel's answer; a channel that throws or never answers costs an attempt, not the message. */
  async #outcome(delivery: Delivery): Promise<DeliveryOutcome> {
    const { clock, sender } = this.#parts
    const limit = Promise.withResolvers<DeliveryOutcome>()
    const timer = clock.after(ATTEMPT_LIMIT, () => limit.resolve(failed('the attempt was given up after 60 seconds')))
    try {
      return await Promise.race([sender.deliver(delivery), limit.promise])
    } catch (error) {
      // Only the kind of error is told: messages may quote an endpoint, which is a secret.
      return failed(`the channel failed (${error instanceof Error ? error.name : typeof error})`)
    } finally {
      timer.cancel()
    }
  }

  /** What was sent must be recorded, or it would be sent again: keeps trying while the store is in trouble. */
  async #settle(id: string, attempt: DeliveryAttempt, next: NextDelivery): Promise<void> {
    const { queue, clock, log } = this.#parts
    for (let tries = 0; ; tries++) {
      try {
        return await queue.settle(id, attempt, next)
      } catch (error) {
        if (tries === 0) log.error({ error, delivery: id }, 'a delivery cannot be recorded; trying again every second')
        // The lease is released at the next start, and the message repeated once with the same id.
        if (this.#stopped) return
        await sleep(clock, QUEUE_PAUSE)
      }
    }
  }

  /** An ended attempt may have made way for a younger one with its order key. */
  #lookSoon(): void {
    if (this.#heldIds.size === 0) return this.#look()
    if (this.#gather !== undefined || this.#stopped) return
    this.#gather = this.#parts.clock.after(GATHER, () => {
      this.#gather = undefined
      this.#look()
    })
  }

  #heldWell(now: EpochMillis): number {
    let held = 0
    for (const lane of this.#lanes.values()) if (!lane.sick && !lane.rests(now)) held += lane.waiting.length + lane.running
    return held
  }

  #fullDestinations(): readonly string[] {
    const waiting = new Map<string, number>()
    for (const lane of this.#lanes.values()) waiting.set(lane.destination, (waiting.get(lane.destination) ?? 0) + lane.waiting.length)
    return [...waiting].filter(([, count]) => count >= DESTINATION_FULL).map(([destination]) => destination)
  }
}

const failed = (detail: string): DeliveryOutcome => ({ kind: 'failed', retryable: true, status: undefined, detail, retryAt: undefined })
