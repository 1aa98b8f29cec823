import { zoneMinutes } from './zones.ts'

const DATE_TIME = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?/y
const ZONE = / ?(Z|[+-]\d\d:?\d\d|[+-]\d\d|[A-Z]{3,5}(?![A-Za-z]))/y
const BRACKETED = /(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d+)? ([+-]\d{4})/y
const SYSLOG = /([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: (\d{4})(?!\d))?/y

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY = 86_400_000

/** A time and where it ends in the text. */
export interface TimeFound {
  /** Epoch milliseconds. */
  readonly at: number
  readonly end: number
}

/**
 * `2024-01-31T10:00:00.123Z`, `2024-01-31 10:00:00,123 +0100`, `2024/01/31 10:00:00`, `… UTC`. Without a zone, or with letters that are
 * no zone that is known, it is taken for UTC.
 */
export const isoTime = (text: string, from = 0): TimeFound | undefined => {
  const found = matchAt(DATE_TIME, text, from)
  if (found === undefined) return undefined
  const [all, year, month, day, hour, minute, second, fraction] = found
  const local = utc(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), fraction)
  if (local === undefined) return undefined
  const end = from + (all?.length ?? 0)
  const zone = matchAt(ZONE, text, end)
  const minutes = zone === undefined ? undefined : zoneMinutes(zone[1] ?? '')
  return minutes === undefined ? { at: local, end } : { at: local - minutes * 60_000, end: end + (zone?.[0]?.length ?? 0) }
}

/** `10/Oct/2000:13:55:36 -0700`, as access logs have it. */
export const bracketedTime = (text: string, from = 0): TimeFound | undefined => {
  const found = matchAt(BRACKETED, text, from)
  if (found === undefined) return undefined
  const [all, day, month, year, hour, minute, second, zone] = found
  const local = utc(Number(year), MONTHS.indexOf(month ?? ''), Number(day), Number(hour), Number(minute), Number(second), undefined)
  return local === undefined ? undefined : { at: local - (zoneMinutes(zone ?? '') ?? 0) * 60_000, end: from + (all?.length ?? 0) }
}

/**
 * `Jan 31 10:00:00` and `Oct 11 14:32:52.123456 2023`. A year that is missing is that of `near`, or the one before where the time would
 * then lie more than a day behind it; taken for UTC.
 */
export const syslogTime = (text: string, near: number, from = 0): TimeFound | undefined => {
  const found = matchAt(SYSLOG, text, from)
  if (found === undefined) return undefined
  const [all, month, day, hour, minute, second, fraction, year] = found
  const inYear = (y: number): number | undefined => utc(y, MONTHS.indexOf(month ?? ''), Number(day), Number(hour), Number(minute), Number(second), fraction)
  const end = from + (all?.length ?? 0)
  if (year !== undefined) return place(inYear(Number(year)), end)
  const thisYear = new Date(near).getUTCFullYear()
  const at = inYear(thisYear)
  return at !== undefined && at <= near + DAY ? place(at, end) : place(inYear(thisYear - 1), end)
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size: seconds reach from 1973 to 5138. */
export const numericTime = (value: number): number | undefined => {
  if (!(value >= 1e8) || value >= 1e20) return undefined
  if (value < 1e11) return Math.round(value * 1000)
  if (value < 1e14) return Math.floor(value)
  return Math.floor(value < 1e17 ? value / 1e3 : value / 1e6)
}

const place = (at: number | undefined, end: number): TimeFound | undefined => (at === undefined ? undefined : { at, end })

const matchAt = (pattern: RegExp, text: string, from: number): readonly (string | undefined)[] | undefined => {
  pattern.lastIndex = from
  return pattern.exec(text) ?? undefined
}

/** Undefined where there is no such day or time. */
const utc = (
  year: number, month: number, day: number, hour: number, minute: number, second: number, fraction: string | undefined,
): number | undefined => {
  if (month < 0 || month > 11 || hour > 23 || minute > 59 || second > 60) return undefined
  if (day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return undefined
  return Date.UTC(year, month, day, hour, minute, second) + Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
}
