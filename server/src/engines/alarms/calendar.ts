import { remainder } from '../../base/remainder.ts'
import { epochSeconds, seconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import { clockZone, type ClockZone } from './clock-zone.ts'

/** Periods of one length that follow upon each other. */
interface Run {
  readonly start: EpochSeconds
  readonly period: Seconds
  readonly length: number
}

/** Complete periods of the calendar, oldest first. */
export interface CalendarSpan {
  /** Of each period. */
  readonly starts: readonly EpochSeconds[]
  readonly end: EpochSeconds
  /** The same as few runs: a day when the clocks change has 23 or 25 hours, and is one of its own. */
  readonly runs: readonly Run[]
}

const HOUR = 3600
const DAY = 86_400
/** 1970-01-01 was a Thursday; weeks begin on Monday, as in ISO 8601. */
const MONDAY = 4 * DAY
const WEEK = 7 * DAY

/** Periods that an alarm with a wall clock window may have. */
export const CALENDAR_PERIODS: readonly number[] = [60, 300, HOUR, DAY, WEEK]

/** Minutes, hours, days or weeks by the clocks of a place. */
export class Calendar {
  readonly #zone: ClockZone
  readonly #period: Seconds
  #last: CalendarSpan | undefined

  /** Throws for what is no time zone, which no door lets in. */
  constructor(timeZone: string | undefined, period: Seconds) {
    const zone = clockZone(timeZone ?? 'UTC')
    if (zone === undefined) throw new RangeError(`no time zone: ${timeZone}`)
    this.#zone = zone
    this.#period = period
  }

  /** The newest so many that are complete at the instant. */
  complete(instant: EpochSeconds, count: number): CalendarSpan {
    const end = this.#startAt(instant)
    if (this.#last?.end === end && this.#last.starts.length === count) return this.#last
    const starts: EpochSeconds[] = []
    for (let before = end; starts.length < count;) {
      before = this.#startAt(epochSeconds(before - 1))
      starts.unshift(before)
    }
    this.#last = { starts, end, runs: runsOf(starts, end) }
    return this.#last
  }

  /** The beginning of the period that holds the instant. */
  #startAt(at: EpochSeconds): EpochSeconds {
    const period = this.#period
    // Clocks are apart by, and change by, multiples of five minutes: no zone moves these.
    if (period < HOUR) return epochSeconds(at - remainder(at, period))
    const offset = this.#zone.offset(at)
    const local = at + offset
    if (period === HOUR) return this.#hourAt(at, epochSeconds(at - remainder(local, HOUR)), offset)
    return epochSeconds(this.#zone.instant(local - (period === DAY ? remainder(local, DAY) : remainder(local - MONDAY, WEEK))))
  }

  /** An hour ends where the clocks change, even when they change by half an hour: then it is a short one. */
  #hourAt(at: EpochSeconds, start: EpochSeconds, offset: number): EpochSeconds {
    if (this.#zone.offset(start) === offset) return start
    let [before, after] = [start as number, at as number]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (this.#zone.offset(middle) === offset) after = middle
      else before = middle
    }
    return epochSeconds(after)
  }
}

const runsOf = (starts: readonly EpochSeconds[], end: EpochSeconds): readonly Run[] => {
  const runs: Run[] = []
  for (const [place, start] of starts.entries()) {
    const period = seconds((starts[place + 1] ?? end) - start)
    const last = runs.at(-1)
    if (last?.period === period) runs[runs.length - 1] = { ...last, length: last.length + 1 }
    else runs.push({ start, period, length: 1 })
  }
  return runs
}
