import type { EpochMillis, Millis } from '../../src/base/time.ts'
import { destinationOf } from '../../src/model/endpoint.ts'
import type { DeliveryQueue } from '../../src/jobs/ports.ts'
import type { Delivery, DeliveryAttempt, DeliveryState, LeasedDelivery, NextDelivery } from '../../src/model/notification.ts'

interface Row {
  delivery: Delivery
  readonly destination: string
  readonly orderKey: string
  state: DeliveryState
  due: number
  leasedUntil: number
  readonly attempts: DeliveryAttempt[]
}

/** The outbox's contract, kept in memory; what it holds survives the worker, as the store survives the process. */
export class MemoryQueue implements DeliveryQueue {
  readonly rows: Row[] = []
  broken = false
  readonly #listeners: (() => void)[] = []
  readonly #watchers: (() => void)[] = []

  add(delivery: Delivery, orderKey = delivery.id, due = 0): void {
    this.rows.push({
      delivery,
      destination: destinationOf(delivery.subscription.protocol, delivery.subscription.endpoint),
      orderKey,
      state: 'pending',
      due,
      leasedUntil: 0,
      attempts: [],
    })
    for (const listener of this.#listeners) listener()
  }

  lease(now: EpochMillis, leaseUntil: EpochMillis, limit: number, busy: readonly string[]): Promise<readonly LeasedDelivery[]> {
    if (this.broken) return Promise.reject(new Error('disk full'))
    const leased: LeasedDelivery[] = []
    for (const row of this.rows) {
      if (leased.length === limit) break
      if (row.state !== 'pending' || row.due > now || row.leasedUntil > now || busy.includes(row.destination)) continue
      if (
        this.rows.some(
          other =>
            other !== row &&
            other.state === 'pending' &&
            other.orderKey === row.orderKey &&
            other.destination === row.destination &&
            this.rows.indexOf(other) < this.rows.indexOf(row),
        )
      )
        continue
      row.leasedUntil = leaseUntil
      leased.push({ delivery: row.delivery, destination: row.destination, orderKey: row.orderKey })
    }
    return Promise.resolve(leased)
  }

  settle(id: string, attempt: DeliveryAttempt, next: NextDelivery): Promise<void> {
    if (this.broken) return Promise.reject(new Error('disk full'))
    const row = this.row(id)
    row.attempts.push(attempt)
    row.leasedUntil = 0
    if (next.kind === 'retry') {
      row.due = next.at
      row.delivery = { ...row.delivery, attempts: row.delivery.attempts + (next.counts ? 1 : 0) }
    } else row.state = next.kind
    for (const watcher of this.#watchers.splice(0)) watcher()
    return Promise.resolve()
  }

  releaseAll(): Promise<void> {
    for (const row of this.rows) row.leasedUntil = 0
    return Promise.resolve()
  }

  bringForward(now: EpochMillis, dueAfter: EpochMillis, by: Millis): Promise<void> {
    for (const row of this.rows) if (row.due > dueAfter) row.due = Math.max(now, row.due - by)
    return Promise.resolve()
  }

  nextDue(): Promise<EpochMillis | undefined> {
    const waiting = this.rows.filter(row => row.state === 'pending').map(row => Math.max(row.due, row.leasedUntil))
    return Promise.resolve(waiting.length === 0 ? undefined : (Math.min(...waiting) as EpochMillis))
  }

  onAdded(listener: () => void): void {
    this.#listeners.push(listener)
  }

  row(id: string): Row {
    const row = this.rows.find(other => other.delivery.id === id)
    if (row === undefined) throw new Error(`no delivery ${id}`)
    return row
  }

  /** Resolves once so many attempts have been recorded in all. */
  async attempted(count: number): Promise<void> {
    while (this.rows.reduce((sum, row) => sum + row.attempts.length, 0) < count) {
      await new Promise<void>(resolve => this.#watchers.push(resolve))
    }
  }
}
