import type { Connection } from '../../aws/connection.ts'
import { type Line, linesOf } from '../../parts/log-lines/line.ts'

/** Events may arrive this much later than their timestamps say, and are still shown. */
const LATE_MILLIS = 30_000
const PAGE = 1000
/** More than this at once nobody reads: what is older is left out. */
const MOST_PAGES = 3

interface Followed {
  readonly lines: readonly Line[]
  /** More came than was read. */
  readonly cut: boolean
}

/** Tells what is new in some groups, from a moment (epoch milliseconds) on. */
export class Follower {
  readonly #connection: Connection
  readonly #groups: readonly string[]
  readonly #pattern: string
  readonly #from: number
  #seen = new Map<string, number>()

  constructor(connection: Connection, groups: readonly string[], pattern: string, from: number) {
    this.#connection = connection
    this.#groups = groups
    this.#pattern = pattern
    this.#from = from
  }

  /** What was not told before, oldest first. */
  async next(now: number, signal: AbortSignal): Promise<Followed> {
    const start = Math.max(this.#from, now - LATE_MILLIS)
    const found = await Promise.all(this.#groups.map(group => this.#read(group, start, signal)))
    const fresh = found.flatMap(({ lines }) => lines).filter(({ id }) => !this.#seen.has(id)).sort((a, b) => a.timestamp - b.timestamp)
    for (const { id, timestamp } of fresh) this.#seen.set(id, timestamp)
    for (const [id, timestamp] of this.#seen) if (timestamp < start) this.#seen.delete(id)
    return { lines: fresh, cut: found.some(({ cut }) => cut) }
  }

  /** The newest first, so that under a flood what is shown is what happens now. */
  async #read(group: string, startTime: number, signal: AbortSignal): Promise<Followed> {
    const lines: Line[] = []
    let nextToken: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.#connection.logs(
        'FilterLogEvents',
        {
          logGroupName: group, startTime, limit: PAGE, startFromHead: false,
          ...(this.#pattern !== '' && { filterPattern: this.#pattern }), ...(nextToken !== undefined && { nextToken }),
        },
        signal,
      )
      const read = linesOf(group, answer.events ?? [])
      lines.push(...read)
      nextToken = answer.nextToken
      // Everything older than a line that was told before was told too, or came too late for this page.
      if (nextToken === undefined || read.every(({ id }) => this.#seen.has(id))) return { lines, cut: false }
    }
    return { lines, cut: true }
  }
}
