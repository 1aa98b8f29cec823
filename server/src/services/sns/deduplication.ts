import { createHash } from 'node:crypto'
import { epochMillis, type EpochMillis } from '../../base/time.ts'

/** What a FIFO topic answers to a message, and to every repeat of it. */
export interface Sequenced {
  readonly messageId: string
  readonly sequenceNumber: string
}

interface Arriving {
  readonly topicArn: string
  /** Undefined: the content stands for it. */
  readonly id: string | undefined
  readonly message: string
  /** The message's own id, if it is no repeat. */
  readonly messageId: string
}

interface Remembered extends Sequenced {
  readonly until: EpochMillis
}

const WINDOW = 300_000
/** Ids remembered at once; the oldest are let go first. */
const BOUND = 100_000

/**
 * Repeats of messages to FIFO topics, for five minutes. Kept in memory: a FIFO topic has no subscriber that Tocsin
 * delivers to, so a restart can cost the same answer, but never a second delivery.
 */
export class Deduplication {
  readonly #known = new Map<string, Remembered>()
  #last = 0n

  /** The answer to the message's first copy, or a new one. `fresh` says which. */
  take({ topicArn, id, message, messageId }: Arriving, now: EpochMillis): Sequenced & { readonly fresh: boolean } {
    this.#forget(now)
    const key = `${topicArn} ${id === undefined ? `sha256 ${createHash('sha256').update(message).digest('hex')}` : `id ${id}`}`
    const known = this.#known.get(key)
    if (known !== undefined && known.until > now) return { ...known, fresh: false }
    const answer = { messageId, sequenceNumber: this.#next(now) }
    this.#known.delete(key)
    this.#known.set(key, { ...answer, until: epochMillis(now + WINDOW) })
    return { ...answer, fresh: true }
  }

  /** Twenty digits that only grow, also over a restart: they begin with the time. */
  #next(now: EpochMillis): string {
    const byTime = 10_000_000_000_000_000_000n + BigInt(now) * 1_000_000n
    this.#last = byTime > this.#last ? byTime : this.#last + 1n
    return String(this.#last)
  }

  #forget(now: EpochMillis): void {
    for (const [key, { until }] of this.#known) {
      if (until > now && this.#known.size < BOUND) return
      this.#known.delete(key)
    }
  }
}
