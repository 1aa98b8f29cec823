import type { LogEvent } from '../../aws/log-shapes.ts'

/** A line as it is shown; `timestamp` is epoch milliseconds. */
export interface Line {
  readonly id: string
  readonly group: string
  readonly stream: string
  readonly timestamp: number
  readonly message: string
}

/** A line that may have come from a query, which does not tell an event's id. */
export type FoundLine = Omit<Line, 'id'> & { readonly id?: string }

export const linesOf = (group: string, events: readonly LogEvent[]): readonly Line[] =>
  events.map(({ eventId = '', logStreamName = '', timestamp = 0, message = '' }) => ({ id: eventId, group, stream: logStreamName, timestamp, message }))
