import { epochSeconds, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'

export interface TimeRange {
  readonly start: EpochSeconds
  readonly end: EpochSeconds
}

/** CloudWatch shows three hours where nobody asks for more. */
const DEFAULT_START = '-PT3H'

/**
 * The range that `start` and `end` name: ISO 8601 instants, or durations back from now (`-PT6H`, `-P7D`; months count as
 * months). Undefined when one of them cannot be read, or the end does not come after the start.
 */
export const timeRange = (now: EpochMillis, start: string | undefined, end: string | null | undefined): TimeRange | undefined => {
  const from = timeOf(start ?? DEFAULT_START, now)
  const to = end === undefined || end === null ? toSeconds(now) : timeOf(end, now)
  return from === undefined || to === undefined || from >= to ? undefined : { start: from, end: to }
}

const DURATION = /^-P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** Whether `text` is a duration back from now. */
export const isRelativeTime = (text: string): boolean => DURATION.test(text)
/** Whether `text` is an instant. */
export const isAbsoluteTime = (text: string): boolean => INSTANT.test(text) && !Number.isNaN(instant(text))

const timeOf = (text: string, now: EpochMillis): EpochSeconds | undefined => {
  if (isAbsoluteTime(text)) return epochSeconds(Math.floor(instant(text) / 1000))
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, secs = 0] = match.slice(1).map(part => Number(part ?? 0))
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months - 12 * years)
  // A month back from the 31st is the last day of a shorter month.
  date.setUTCDate(Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()))
  return epochSeconds(Math.floor(date.getTime() / 1000) - ((weeks * 7 + days) * 24 + hours) * 3600 - minutes * 60 - secs)
}

/** Instants without a zone are UTC. */
const instant = (text: string): number => Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`)
