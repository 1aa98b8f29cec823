import { sleep, type Clock, type Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { Delivery, DeliveryAttempt, DeliveryOutcome, NextDelivery } from '../../model/notification.ts'
import type { DeliveryQueue } from '../ports.ts'
import { DeadLetterNotice } from './dead-letter-notice.ts'
import type { Held } from './lane.ts'
import { Lanes, type Ended } from './lanes.ts'
import { nextStep } from './next-step.ts'
import type { Sender } from './ports.ts'

/** Of one look into the queue. */
const BATCH = 64
/** In memory for endpoints that answer, sent and not yet recorded included. */
const MAX_HELD = 1_024
const LEASE = millis(10 * 60 * 1000)
/** Channels cut themselves after 15 s; this is for one that does not. */
const ATTEMPT_LIMIT = millis(60_000)
/** After a failure of the queue itself. */
const QUEUE_PAUSE = millis(1_000)
/** Several ended attempts share one look into the queue. */
const GATHER = millis(5)
/** What waits for others (order keys, full destinations) is looked at again after this, whatever else happens. */
const LONGEST_NAP = millis(60_000)
/** No retry is put off for longer: an hour and its jitter. */
const LONGEST_WAIT = millis(70 * 60 * 1000)
const FOR_EVER = millis(Number.MAX_SAFE_INTEGER)

export interface DeliveryWorkerParts {
  readonly queue: DeliveryQueue
  readonly sender: Sender
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** What came of attempts since the start, and what is in hand now. */
export interface DeliveryCounts {
  readonly delivered: number
  readonly retried: number
  readonly throttled: number
  readonly dead: number
  /** Leased and not yet recorded. */
  readonly held: number
  /** On the wire. */
  readonly running: number
}

/**
 * Empties the outbox: leases what is due, sends it through lanes (one an endpoint), records what came of it. Anything
 * committed is picked up at once; waiting costs no polling.
 */
export class DeliveryWorker {
  readonly #parts: DeliveryWorkerParts
  readonly #notice: DeadLetterNotice
  readonly #lanes: Lanes
  readonly #heldIds = new Set<string>()
  readonly #attempts = new Set<Promise<void>>()
  readonly #counts = { delivered: 0, retried: 0, throttled: 0, dead: 0 }
  #unrecorded = 0
  #looking = false
  #filling: Promise<void> = Promise.resolve()
  #lookAgain = false
  #nap: Timer | undefined
  #gather: Timer | undefined
  #stopped = false
  #queueBroken = false
  #lastLook = epochMillis(0)

  constructor(parts: DeliveryWorkerParts) {
    this.#parts = parts
    this.#notice = new DeadLetterNotice(parts.log)
    this.#lanes = new Lanes(parts.clock, target => parts.sender.retryClass(target), (held, ended) => this.#begin(held, ended))
  }

  /** Takes back what a killed process had leased and begins. */
  async start(): Promise<void> {
    const { queue, clock } = this.#parts
    await queue.releaseAll()
    // The clock may have been set back since they were put off, nobody knows by how much.
    const now = clock.now()
    await queue.bringForward(now, epochMillis(now + LONGEST_WAIT), FOR_EVER)
    this.#parts.queue.onAdded(() => this.#look())
    this.#look()
  }

  /** Begins nothing new and waits for what is under way (at most the channels' timeout). */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#lanes.close()
    this.#nap?.cancel()
    this.#gather?.cancel()
    await this.#filling
    await Promise.all(this.#attempts)
  }

  counts(): DeliveryCounts {
    return { ...this.#counts, held: this.#heldIds.size, running: this.#lanes.running }
  }

  #look(): void {
    this.#lookAgain = true
    if (this.#looking || this.#stopped) return
    this.#looking = true
    this.#filling = this.#fill()
  }

  /** Leases until nothing is due that there is room for, then sets the nap. Never rejects. */
  async #fill(): Promise<void> {
    try {
      do {
        await this.#leaseDue()
        if (!this.#stopped) await this.#setNap()
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
      // A retry is so and so long after a failure, whatever the clock calls that moment; and later messages wait for it.
      if (now < this.#lastLook) await queue.bringForward(now, now, millis(this.#lastLook - now))
      this.#lastLook = now
      const room = Math.min(BATCH, MAX_HELD - this.#lanes.heldWell(now) - this.#unrecorded)
      if (room <= 0) return
      const leaseUntil = epochMillis(now + LEASE)
      const leased = await queue.lease(now, leaseUntil, room, this.#lanes.fullDestinations())
      for (const one of leased) {
        // An expired lease of our own that comes back: it is still in hand.
        if (this.#heldIds.has(one.delivery.id)) continue
        this.#heldIds.add(one.delivery.id)
        this.#lanes.add({ leased: one, leaseUntil })
      }
      if (leased.length > 0) this.#lookAgain = true
      this.#lanes.dispatch()
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

  #begin(held: Held, ended: Ended): void {
    const attempt = this.#attempt(held, ended).finally(() => {
      this.#heldIds.delete(held.leased.delivery.id)
      this.#attempts.delete(attempt)
      this.#lookSoon()
    })
    this.#attempts.add(attempt)
  }

  async #attempt({ leased: { delivery }, leaseUntil }: Held, ended: Ended): Promise<void> {
    const { clock, entropy, sender } = this.#parts
    const at = clock.now()
    // Too late to be sure that nobody else leases it meanwhile: the lease runs out, and it is taken again.
    if (at + ATTEMPT_LIMIT > leaseUntil) return ended(undefined)
    const outcome = await this.#outcome(delivery)
    const now = clock.now()
    const next = nextStep(delivery, outcome, sender.retryClass(delivery.subscription), now, entropy)
    this.#unrecorded++
    // The place on the wire is free before the disk has answered; records made meanwhile share one write.
    ended(outcome)
    await this.#record(delivery.id, { at, durationMillis: Math.max(0, now - at), outcome }, next)
    this.#unrecorded--
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
  async #record(id: string, attempt: DeliveryAttempt, next: NextDelivery): Promise<void> {
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
}

const failed = (detail: string): DeliveryOutcome => ({ kind: 'failed', retryable: true, status: undefined, detail, retryAt: undefined })
