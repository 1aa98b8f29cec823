import { eventIdOf } from '../../model/log-identity.ts'
import type { LogArrival } from '../../model/log.ts'
import type { FilterPattern } from '../patterns/filter-pattern.ts'
import type { LogLine } from '../patterns/log-line.ts'

interface Subscription {
  readonly filterName: string
  readonly pattern: FilterPattern
  /** Whether it is a policy of the account's. */
  readonly ofAccount?: boolean
}

/**
 * What a subscription filter sends of events that arrived: AWS's DATA_MESSAGE as JSON, which whoever sends it packs with gzip. Each
 * text has at most `maxBytes` of UTF-8, or holds one event that alone is longer. `lines` are the arrival's messages. Empty when none
 * matches.
 */
export const dataMessages = (
  { filterName, pattern, ofAccount = false }: Subscription, arrival: LogArrival, lines: readonly LogLine[], maxBytes: number,
): readonly string[] => {
  const { group, stream } = arrival
  const head = JSON.stringify({
    messageType: 'DATA_MESSAGE', owner: group.tenant.account, logGroup: group.name, logStream: stream, subscriptionFilters: [filterName],
    ...(ofAccount ? { policyLevel: 'ACCOUNT_LEVEL_POLICY' } : {}),
  }).slice(0, -1)
  const start = `${head},"logEvents":[`
  const room = maxBytes - Buffer.byteLength(start) - END.length
  const texts: string[] = []
  let events: string[] = []
  let used = 0
  for (const [index, line] of lines.entries()) {
    if (!pattern.matches(line)) continue
    const event = eventText(pattern, arrival, index, line)
    const size = Buffer.byteLength(event)
    if (events.length > 0 && used + 1 + size > room) {
      texts.push(start + events.join(',') + END)
      events = []
      used = 0
    }
    used += size + (events.length > 0 ? 1 : 0)
    events.push(event)
  }
  if (events.length > 0) texts.push(start + events.join(',') + END)
  return texts
}

const END = ']}'

const eventText = (pattern: FilterPattern, arrival: LogArrival, index: number, line: LogLine): string => {
  const timestamp = arrival.timestamps[index]!
  const id = eventIdOf({ group: arrival.group.id, timestamp, seq: arrival.firstSeq + BigInt(index) })
  const extractedFields = pattern.kind === 'fields' ? fieldsOf(pattern, line) : undefined
  return JSON.stringify({ id, timestamp, message: line.message, extractedFields })
}

/** The fields of a space-delimited pattern, by name or number. A pattern of any other kind extracts none. */
const fieldsOf = (pattern: FilterPattern, line: LogLine): Readonly<Record<string, string>> =>
  Object.fromEntries([...(pattern.extract(line) ?? [])].map(([name, value]) => [name.slice(1), value]))
