import { bracketedTime, isoTime, numericTime } from './times.ts'

/** Members that say when something was, the surest first. */
const MEMBERS = [
  '@timestamp', 'timestamp', 'eventTime', 'time', 'ts', 'Timestamp', 'Time', '@t', 'query_timestamp', 'datetime', 'date', 'asctime', 'event_time',
  'timeMillis', 'requestTimeEpoch', 'requestTime', 'created', 'created_at', 'start_time', 'startTime',
]

/** Epoch milliseconds; undefined where no member that is known to be the time says one. */
export const jsonTime = (object: Readonly<Record<string, unknown>>): number | undefined => {
  const emf = member(object['_aws'], 'Timestamp')
  if (typeof emf === 'number') return numericTime(emf)
  for (const name of MEMBERS) {
    const at = Object.hasOwn(object, name) ? valueTime(object[name]) : undefined
    if (at !== undefined) return at
  }
  const seconds = member(object['instant'], 'epochSecond')
  const nanos = member(object['instant'], 'nanoOfSecond')
  return typeof seconds === 'number' ? seconds * 1000 + Math.floor((typeof nanos === 'number' ? nanos : 0) / 1e6) : undefined
}

/** The line as an object, where it is one in JSON. */
export const jsonObject = (line: string): Readonly<Record<string, unknown>> | undefined => {
  if (line[0] !== '{' && !/^\s*\{/.test(line.slice(0, 64))) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    // A line that only looks like JSON is text like any other.
    return undefined
  }
}

const valueTime = (value: unknown): number | undefined => {
  if (typeof value === 'number') return numericTime(value)
  if (typeof value !== 'string' || value.length > 40) return undefined
  return (isoTime(value) ?? bracketedTime(value))?.at ?? (/^\d{9,20}(\.\d+)?$/.test(value) ? numericTime(Number(value)) : undefined)
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
