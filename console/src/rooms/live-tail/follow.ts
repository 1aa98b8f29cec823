import { AwsError } from '../../aws/aws-error.ts'
import type { ArrivedEvent, TailNews } from '../../aws/live-tail.ts'

export interface TailSource {
  begin(signal: AbortSignal): AsyncIterable<TailNews>
  /** The newest events since a moment (epoch milliseconds), oldest first; `cut` where there were more. */
  since(start: number, signal: AbortSignal): Promise<{ readonly events: readonly ArrivedEvent[]; readonly cut: boolean }>
}

export interface Follower {
  /** Events in the order in which they are to be shown, oldest first; `cut` where some are left out. */
  arrived(events: readonly ArrivedEvent[], cut: boolean): void
  /** True from when a session begins until it breaks off; it is begun again by itself. */
  following(state: boolean): void
}

/** A first look shows so much of what came before, in milliseconds. */
const BEFORE = 10_000
/** Events may arrive this much later than their timestamps say: so far back a gap is looked for. */
const LATE = 30_000
/** A session says something every second; after so long it is not there any more. */
const SILENCE = 15_000
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 10_000
/** Events to remember so that none is told twice. */
const MOST_REMEMBERED = 20_000

/** Follows some groups over broken connections, servers that start again, and times when nobody looked: each event is told once. */
export class Tail {
  readonly #source: TailSource
  #told: readonly ArrivedEvent[] = []
  /** The server's time of the last word from it; undefined before the first. */
  #heard: number | undefined

  constructor(source: TailSource) {
    this.#source = source
  }

  /** Until `signal` is aborted, or the server refuses for a reason that does not pass: then throws `AwsError`. Afterwards it may be called again. */
  async follow(follower: Follower, signal: AbortSignal): Promise<void> {
    for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        await this.#session({
          ...follower,
          following(state) {
            if (state) pause = FIRST_PAUSE
            follower.following(state)
          },
        }, signal)
      } catch (error) {
        if (!signal.aborted && isLasting(error)) throw error
      }
      if (signal.aborted) return
      follower.following(false)
      await resting(pause, signal)
    }
  }

  async #session(follower: Follower, signal: AbortSignal): Promise<void> {
    const silent = new AbortController()
    let watch = setTimeout(() => silent.abort(), SILENCE)
    const both = AbortSignal.any([signal, silent.signal])
    try {
      let ahead = 0
      /** What the look back found, and the session may tell as well. */
      let twice = new Map<string, number>()
      for await (const news of this.#source.begin(both)) {
        clearTimeout(watch)
        watch = setTimeout(() => silent.abort(), SILENCE)
        if (news.kind === 'begun') {
          ahead = news.at - Date.now()
          const { events, cut } = await this.#source.since(this.#heard === undefined ? news.at - BEFORE : this.#heard - LATE, both)
          twice = counted(events)
          this.#tell(without(events, counted(this.#told)), cut, follower)
          follower.following(true)
        } else this.#tell(without(news.events, twice), news.sampled, follower)
        this.#heard = Date.now() + ahead
      }
    } finally {
      clearTimeout(watch)
    }
  }

  #tell(events: readonly ArrivedEvent[], cut: boolean, follower: Follower): void {
    const from = (this.#heard ?? 0) - LATE
    this.#told = [...this.#told.filter(({ timestamp }) => timestamp >= from), ...events].slice(-MOST_REMEMBERED)
    follower.arrived(events.toSorted((a, b) => a.timestamp - b.timestamp), cut)
  }
}

/** A session has no ids. Two events that are alike in all this are two, and each counts. */
const keyOf = ({ group, stream, timestamp, ingestedAt, message }: ArrivedEvent): string => [group, stream, timestamp, ingestedAt, message].join('\n')

const counted = (events: readonly ArrivedEvent[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const key of events.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Takes as many as there are off the counts. */
const without = (events: readonly ArrivedEvent[], counts: Map<string, number>): readonly ArrivedEvent[] =>
  counts.size === 0 ? events : events.filter(event => {
    const key = keyOf(event)
    const left = counts.get(key) ?? 0
    if (left === 1) counts.delete(key)
    else if (left > 1) counts.set(key, left - 1)
    return left === 0
  })

const isLasting = (error: unknown): boolean =>
  error instanceof AwsError && error.status >= 400 && error.status < 500 && error.status !== 429 && error.code !== 'ThrottlingException'

const resting = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, millis)
    signal.addEventListener('abort', end)
  })
