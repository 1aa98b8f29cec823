import { isoTime, type EpochMillis } from '../../base/time.ts'
import { shorten } from '../../base/shorten.ts'

/** A subject of SNS has at most a hundred characters. */
const SUBJECT = 100
/** What a person reads of a message that holds a hundred lines. */
const LINES = 20
const LINE = 500

interface Found {
  readonly group: string
  readonly stream: string
  readonly filter: string
  readonly pattern: string
  /** The console's page of the group. */
  readonly page: string
}

/** The members of a data message that are shown. */
interface ShownEvents {
  readonly logEvents: readonly { readonly timestamp: EpochMillis; readonly message: string }[]
}

export const topicSubject = (events: number, { group, filter }: Found): string => shorten(`${events === 1 ? '1 log event' : `${events} log events`} in ${group}: ${filter}`, SUBJECT)

/**
 * A message to a topic, as `MessageStructure: json`: people read what was found, where, the lines, and where to see more; programs
 * (http, https, email-json) get the data message.
 */
export const topicMessage = (dataMessage: string, found: Found): string => {
  const text = words((JSON.parse(dataMessage) as ShownEvents).logEvents, found)
  return JSON.stringify({ default: dataMessage, email: text, slack: text, pagerduty: text })
}

const words = (events: ShownEvents['logEvents'], { group, stream, filter, pattern, page }: Found): string => {
  const what = pattern.trim() === '' ? 'with the filter' : `matching ${pattern} with the filter`
  const count = events.length === 1 ? '1 log event' : `${events.length} log events`
  const lines = events.slice(0, LINES).map(({ timestamp, message }) => `${isoTime(timestamp)}  ${shorten(message.trimEnd(), LINE)}`)
  const rest = events.length > LINES ? [`… and ${events.length - LINES} more`] : []
  return [`${count} ${what} "${filter}" in ${group}, stream ${stream}`, '', ...lines, ...rest, '', page].join('\n')
}
