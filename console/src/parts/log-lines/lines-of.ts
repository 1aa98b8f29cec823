import type { LogEvent } from '../../aws/log-shapes.ts'
import type { Line } from './log-lines.tsx'

/** A line that may have come from a query, which does not tell an event's id. */
export type FoundLine = Omit<Line, 'id'> & { readonly id?: string }

export const linesOf = (group: string, events: readonly LogEvent[]): readonly Line[] =>
  events.map(({ eventId = '', logStreamName = '', timestamp = 0, message = '' }) => ({ id: eventId, group, stream: logStreamName, timestamp, message }))
