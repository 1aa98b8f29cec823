import type { Clock } from '../../base/clock.ts'
import type { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogArrival } from '../../model/log.ts'
import { LiveTail, type TailRequest } from './live-tail.ts'

/** Of an account (CloudWatch Logs quotas). */
const SESSIONS = 15

/** Everybody who watches log events as they come. Groups that nobody watches pay one look-up. */
export class LiveTails {
  readonly #clock: Clock
  readonly #byGroup = new Map<number, Set<LiveTail>>()
  readonly #open = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Undefined when the account has as many as it may have. It ends by itself when nobody takes what it has for a while. */
  open(request: TailRequest): LiveTail | undefined {
    const { account } = request.tenant
    const open = this.#open.get(account) ?? 0
    if (open >= SESSIONS) return undefined
    this.#open.set(account, open + 1)
    const tail = new LiveTail(request, this.#clock, () => this.#forget(tail, request))
    for (const { id } of request.groups) {
      const watching = this.#byGroup.get(id)
      if (watching === undefined) this.#byGroup.set(id, new Set([tail]))
      else watching.add(tail)
    }
    return tail
  }

  saw(arrival: LogArrival, lineAt: (index: number) => LogLine): void {
    const watching = this.#byGroup.get(arrival.group.id)
    if (watching !== undefined) for (const tail of watching) tail.offer(arrival, lineAt)
  }

  /** Ends all of them. */
  close(): void {
    for (const watching of this.#byGroup.values()) for (const tail of watching) tail.end('closed')
  }

  #forget(tail: LiveTail, { tenant: { account }, groups }: TailRequest): void {
    for (const { id } of groups) {
      const watching = this.#byGroup.get(id)
      watching?.delete(tail)
      if (watching?.size === 0) this.#byGroup.delete(id)
    }
    const left = (this.#open.get(account) ?? 1) - 1
    if (left === 0) this.#open.delete(account)
    else this.#open.set(account, left)
  }
}
