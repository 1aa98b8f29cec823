import type { Connection } from './connection.ts'
import type { ArrivedEvent } from './live-tail.ts'
import type { LogEvent } from './log-shapes.ts'

/** Which lines to read; times in epoch milliseconds, both inclusive. */
export interface LineChoice {
  readonly group: string
  /** Undefined: all streams. */
  readonly stream: string | undefined
  readonly pattern: string
  readonly start: number
  readonly end: number
  readonly newestFirst: boolean
}

export interface LinePage {
  readonly lines: readonly LogEvent[]
  readonly next: string | undefined
}

const PAGE = 200
/** A rare pattern gives empty pages while the server searches on: so many are read before the page says how far it came. */
const MOST_EMPTY_PAGES = 5

/** One page of lines; goes on through empty ones until there are some. */
export const readLines = async (
  connection: Connection, choice: LineChoice, from: string | undefined, signal: AbortSignal, limit = PAGE,
): Promise<LinePage> => {
  const { group, stream, pattern, start, end, newestFirst } = choice
  let token = from
  for (let empty = 0; empty < MOST_EMPTY_PAGES; empty++) {
    const { events = [], nextToken } = await connection.logs(
      'FilterLogEvents',
      {
        logGroupName: group, startTime: Math.max(0, Math.floor(start)), endTime: Math.max(0, Math.ceil(end)), limit, startFromHead: !newestFirst,
        ...(stream !== undefined && { logStreamNames: [stream] }), ...(pattern !== '' && { filterPattern: pattern }), ...(token !== undefined && { nextToken: token }),
      },
      signal,
    )
    token = nextToken
    if (events.length > 0 || token === undefined) return { lines: events, next: token }
  }
  return { lines: [], next: token }
}

/** More than this at once nobody reads. */
const MOST_NEWEST = 1000
/** Events may be up to two hours ahead of the server's time, and the viewer's clock may be anywhere. */
const FAR_AHEAD = 8_640_000_000_000_000

/** The newest events of some groups since a moment (epoch milliseconds), oldest first; `cut` where there were more. */
export const newestEvents = async (
  connection: Connection, groups: readonly string[], pattern: string, start: number, signal: AbortSignal,
): Promise<{ readonly events: readonly ArrivedEvent[]; readonly cut: boolean }> => {
  const pages = await Promise.all(groups.map(async group => {
    const choice = { group, stream: undefined, pattern, start, end: FAR_AHEAD, newestFirst: true }
    const { lines, next } = await readLines(connection, choice, undefined, signal, MOST_NEWEST)
    const events = lines.map(({ logStreamName: stream = '', timestamp = 0, ingestionTime: ingestedAt = 0, message = '' }) => ({ group, stream, timestamp, ingestedAt, message }))
    return { events, cut: next !== undefined && lines.length === MOST_NEWEST }
  }))
  const events = pages.flatMap(page => page.events).sort((a, b) => a.timestamp - b.timestamp)
  return { events: events.slice(-MOST_NEWEST), cut: events.length > MOST_NEWEST || pages.some(({ cut }) => cut) }
}
