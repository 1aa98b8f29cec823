import { epochMillis } from '../base/time.ts'
import type { EncodedLogEvents } from './log-intake.ts'
import { LogMessages } from './log-messages.ts'

interface GivenEvent {
  readonly timestamp?: number | undefined
  readonly message?: string | undefined
}

/** Events of a request as columns. What is missing is found by whoever checks the limits. */
export const logColumns = (events: readonly GivenEvent[] | undefined): EncodedLogEvents => ({
  timestamps: (events ?? []).map(({ timestamp }) => epochMillis(timestamp ?? NaN)),
  messages: LogMessages.of((events ?? []).map(({ message }) => message ?? '')),
  absent: absentFrom(events),
})

const absentFrom = (events: readonly GivenEvent[] | undefined): string | undefined => {
  if (events === undefined) return 'logEvents'
  const index = events.findIndex(({ timestamp, message }) => timestamp === undefined || message === undefined)
  return index < 0 ? undefined : `logEvents.${index + 1}.member.${events[index]!.timestamp === undefined ? 'timestamp' : 'message'}`
}
