import { Cron } from 'croner'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { parseDuration, type WindowLength } from './duration.ts'
import { zoneOf, type Zone } from './zone.ts'

/** Half open: muted from `start` up to `end`. */
export interface Window {
  readonly start: EpochMillis
  readonly end: EpochMillis
}

/** When windows begin and how long they last. */
export interface Schedule {
  readonly kind: 'recurring' | 'once'
  /** The newest window that has begun at `at`, whether it still lasts or not. */
  latest(at: EpochMillis): Window | undefined
  /** The first window that begins after `at`. */
  next(at: EpochMillis): Window | undefined
}

/** Reads a Schedule of PutAlarmMuteRule. Throws `SyntaxProblem`. */
export const parseSchedule = (expression: string, duration: string, timeZone = 'UTC'): Schedule => {
  const zone = zoneOf(timeZone)
  if (zone === undefined) throw new SyntaxProblem(`Invalid timezone ${timeZone}`, 0)
  const length = parseDuration(duration)
  const windowFrom = (start: EpochMillis): Window => ({ start, end: endOf(start, length, zone) })
  const once = /^at\((.*)\)$/s.exec(expression)
  if (once !== null) return single(windowFrom(zone.instant(clockTime(once[1]!))))
  return recurring(cronOf(/^cron\((.*)\)$/s.exec(expression)?.[1] ?? expression, zone), windowFrom)
}

const endOf = (start: EpochMillis, { days, millis }: WindowLength, zone: Zone): EpochMillis => {
  const afterDays = days === 0 ? start : zone.instant(zone.wallClock(start) + days * 86_400_000)
  return epochMillis(afterDays + millis)
}

const clockTime = (text: string): number => {
  const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? Date.parse(`${text}Z`) : NaN
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(text)) {
    throw new SyntaxProblem(`Invalid expression at(${text}): it must be in the format at(yyyy-MM-ddThh:mm)`, 0)
  }
  return wall
}

const FIELD = /^(?:\*|[A-Z0-9]+(?:-[A-Z0-9]+)?(?:,[A-Z0-9]+(?:-[A-Z0-9]+)?)*)$/

const cronOf = (text: string, zone: Zone): Cron => {
  const wrong = (why: string): SyntaxProblem => new SyntaxProblem(`Invalid expression cron(${text}): ${why}`, 0)
  const fields = text.trim().toUpperCase().split(/\s+/)
  if (fields.length !== 5) throw wrong('it must have five fields, minute, hour, day of month, month and day of week')
  // L, W and other extensions of croner are none of CloudWatch's.
  const odd = fields.find(field => !FIELD.test(field) || /(?:^|[^A-Z])[LW]/.test(field))
  if (odd !== undefined) throw wrong(`${odd} is not supported, fields may hold values, ranges, lists and *`)
  let cron: Cron
  try {
    cron = new Cron(fields.join(' '), { timezone: zone.name, mode: '5-part' })
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  if (cron.nextRun(new Date(0)) === null) throw wrong('it never comes')
  return cron
}

const recurring = (cron: Cron, windowFrom: (start: EpochMillis) => Window): Schedule => ({
  kind: 'recurring',
  latest(at) {
    // Croner's runs lie strictly before the time that it is asked about.
    const start = cron.previousRuns(1, new Date(at + 1))[0]
    return start && windowFrom(epochMillis(start.getTime()))
  },
  next(at) {
    const start = cron.nextRun(new Date(at))
    return start === null ? undefined : windowFrom(epochMillis(start.getTime()))
  },
})

const single = (window: Window): Schedule => ({
  kind: 'once',
  latest: at => (window.start <= at ? window : undefined),
  next: at => (window.start > at ? window : undefined),
})
