import type { Connection } from './connection.ts'
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
