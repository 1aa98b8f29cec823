import type { Clock, Timer } from '../../base/clock.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import type { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'

/** What a session looks at. */
export interface TailRequest {
  readonly tenant: Tenant
  readonly groups: readonly LogGroup[]
  /** Undefined: all streams. */
  readonly streams: { readonly names: readonly string[] } | { readonly prefixes: readonly string[] } | undefined
  /** Undefined: all events. */
  readonly pattern: FilterPattern | undefined
}

interface TailedEvent {
  readonly group: LogGroup
  readonly stream: string
  readonly timestamp: EpochMillis
  readonly ingestedAt: EpochMillis
  readonly message: string
}

export interface TailUpdate {
  readonly events: readonly TailedEvent[]
  /** There were more: these are spread over them evenly. */
  readonly sampled: boolean
}

/** Documented with StartLiveTail: events in an update, and how long a session lasts. */
const EVENTS = 500
/** Held at once, so that there are as many as may be shown also after every other one was left out. */
const HELD = 2 * EVENTS
const LASTS = millis(3 * 3_600_000)
const EVERY = millis(1_000)
/** Characters of an update: a message may have a million of them, and a session is not to hold five hundred of those. */
const CHARACTERS = 4_000_000
/** Whoever has not asked for an update in so long is gone. */
const PATIENCE = 90_000

/** One who watches: gathers what fits for a second, and gives it out. */
export class LiveTail implements AsyncIterable<TailUpdate> {
  readonly #request: TailRequest
  readonly #clock: Clock
  readonly #ended: () => void
  readonly #until: EpochMillis
  #events: TailedEvent[] = []
  #characters = 0
  /** Events that fit since the last update; every so many of them are shown. */
  #seen = 0
  #stride = 1
  #over: 'timeout' | 'closed' | undefined
  #wake: (() => void) | undefined
  #timer: Timer
  #asked: EpochMillis

  constructor(request: TailRequest, clock: Clock, ended: () => void) {
    this.#request = request
    this.#clock = clock
    this.#ended = ended
    this.#asked = clock.now()
    this.#until = (clock.now() + LASTS) as EpochMillis
    this.#timer = this.#nextTick()
  }

  /** Why it is over; undefined while it lasts. */
  get over(): 'timeout' | 'closed' | undefined {
    return this.#over
  }

  offer({ group, stream, timestamps, ingestedAt, messages }: LogArrival, lineAt: (index: number) => LogLine): void {
    if (!this.#wants(stream)) return
    const { pattern } = this.#request
    for (let index = 0; index < messages.length; index++) {
      if (pattern !== undefined && !pattern.matches(lineAt(index))) continue
      const number = this.#seen++
      if (number % this.#stride !== 0) continue
      const message = messages[index]!
      while (this.#events.length === HELD || (this.#events.length > 1 && this.#characters + message.length > CHARACTERS)) this.#thin()
      if (number % this.#stride !== 0) continue
      this.#events.push({ group, stream, timestamp: timestamps[index]!, ingestedAt, message })
      this.#characters += message.length
    }
  }

  /** An update every second, also when there is nothing to tell, until it is over. For one reader. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TailUpdate> {
    try {
      while (this.#over === undefined) {
        this.#asked = this.#clock.now()
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
        if (this.#over === undefined) yield this.#take()
      }
    } finally {
      this.end('closed')
    }
  }

  end(why: 'timeout' | 'closed'): void {
    if (this.#over !== undefined) return
    this.#over = why
    this.#timer.cancel()
    this.#events = []
    this.#ended()
    this.#wake?.()
  }

  #nextTick(): Timer {
    return this.#clock.after(EVERY, () => this.#tick())
  }

  #tick(): void {
    const now = this.#clock.now()
    if (now >= this.#until) return this.end('timeout')
    if (now > this.#asked + PATIENCE) return this.end('closed')
    this.#wake?.()
    this.#timer = this.#nextTick()
  }

  #take(): TailUpdate {
    const held = this.#events.length
    const events = held <= EVENTS ? this.#events : this.#events.filter((_, index) => ((index + 1) * EVENTS) % held < EVENTS)
    const update = { events, sampled: events.length < this.#seen }
    this.#events = []
    this.#characters = 0
    this.#seen = 0
    this.#stride = 1
    return update
  }

  /** Leaves out every other event, and every other one of those that come. */
  #thin(): void {
    this.#events = this.#events.filter((_, index) => index % 2 === 0)
    this.#characters = this.#events.reduce((sum, { message }) => sum + message.length, 0)
    this.#stride *= 2
  }

  #wants(stream: string): boolean {
    const { streams } = this.#request
    if (streams === undefined) return true
    return 'names' in streams ? streams.names.includes(stream) : streams.prefixes.some(prefix => stream.startsWith(prefix))
  }
}
