import type { EpochMillis } from '../../base/time.ts'
import type { LogEventColumns } from '../../model/log-intake.ts'

interface Place {
  readonly group: string
  readonly stream: string
  readonly events: { readonly at: EpochMillis; readonly message: string }[]
}

interface SortedPlace extends Pick<Place, 'group' | 'stream'> {
  readonly batches: readonly LogEventColumns[]
}

type Rejection = 'tooOldLogEventCount' | 'tooNewLogEventCount' | 'expiredLogEventCount' | 'tooLargeLogEventCount'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** As PutLogEvents has it. */
const FUTURE = 2 * HOUR
const PAST = 14 * DAY
const MOST_EVENTS = 10_000
const MOST_BYTES = 1_048_576
const EVENT_BYTES = 26
/** Of the model's shapes. */
const LONGEST_NAME = 512

/** The events of a request by the streams that they belong to, in the order of their times, and those that cannot be stored. */
export class LogPlaces {
  readonly #now: EpochMillis
  readonly #retention: (group: string) => number | undefined
  readonly #places = new Map<string, Place>()
  readonly #rejected: Record<Rejection, number> = { tooOldLogEventCount: 0, tooNewLogEventCount: 0, expiredLogEventCount: 0, tooLargeLogEventCount: 0 }

  /** `retention`: days, of a group; undefined: its events never expire. */
  constructor(now: EpochMillis, retention: (group: string) => number | undefined) {
    this.#now = now
    this.#retention = retention
  }

  add(group: string, stream: string, at: EpochMillis, message: string): void {
    const place = { group: group.replaceAll(/[^.\-_/#A-Za-z0-9]/g, '_').slice(0, LONGEST_NAME), stream: stream.replaceAll(/[:*]/g, '_').slice(0, LONGEST_NAME) }
    const why = this.#refusal(place.group, at, message)
    if (why !== undefined) {
      this.#rejected[why]++
      return
    }
    const key = `${place.group}:${place.stream}`
    const known = this.#places.get(key)
    if (known === undefined) this.#places.set(key, { ...place, events: [{ at, message }] })
    else known.events.push({ at, message })
  }

  get rejected(): number {
    return Object.values(this.#rejected).reduce((sum, count) => sum + count, 0)
  }

  /** As CloudWatch's own endpoint says it. It rejects none for being large: it cuts them. */
  get whyRejected(): string {
    return JSON.stringify(Object.fromEntries(Object.entries(this.#rejected).filter(([, count]) => count > 0)))
  }

  all(): readonly SortedPlace[] {
    return [...this.#places.values()].map(({ group, stream, events }) => ({ group, stream, batches: batchesOf(events.toSorted((one, other) => one.at - other.at)) }))
  }

  #refusal(group: string, at: EpochMillis, message: string): Rejection | undefined {
    if (at > this.#now + FUTURE) return 'tooNewLogEventCount'
    if (at < this.#now - PAST) return 'tooOldLogEventCount'
    const days = this.#retention(group)
    if (days !== undefined && at < this.#now - days * DAY) return 'expiredLogEventCount'
    return Buffer.byteLength(message) + EVENT_BYTES > MOST_BYTES ? 'tooLargeLogEventCount' : undefined
  }
}

const batchesOf = (events: Place['events']): readonly LogEventColumns[] => {
  const batches: { timestamps: EpochMillis[]; messages: string[] }[] = []
  let bytes = Infinity
  for (const { at, message } of events) {
    const size = Buffer.byteLength(message) + EVENT_BYTES
    if (bytes + size > MOST_BYTES || batches.at(-1)!.messages.length === MOST_EVENTS) {
      batches.push({ timestamps: [], messages: [] })
      bytes = 0
    }
    batches.at(-1)!.timestamps.push(at)
    batches.at(-1)!.messages.push(message)
    bytes += size
  }
  return batches
}
