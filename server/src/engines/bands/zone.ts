const DAY = 86_400
const QUARTER = 900
/** 1970-01-01 was a Thursday; local weeks begin on Monday. */
const MONDAY = 4 * DAY
const WEEK = 7 * DAY
/** Days whose offsets are remembered: a detector's history and what lies ahead of it. */
const REMEMBERED_DAYS = 64

/** The canonical name of a time zone, or undefined when the tz database does not know it. */
export const zoneName = (text: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Local time in one zone. Offsets are asked for once a day, and every quarter of an hour on days when the clocks change. */
export class Zone {
  readonly #format: Intl.DateTimeFormat
  readonly #days = new Map<number, number | readonly number[]>()
  readonly #isUtc: boolean

  constructor(timezone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
    this.#isUtc = timezone === 'UTC'
  }

  /** Seconds since Monday 00:00 on the clock on the wall: [0, 604800). */
  weekSecond(at: number): number {
    const local = at + this.#offset(at) - MONDAY
    return local - Math.floor(local / WEEK) * WEEK
  }

  /** Days since 1970 on the clock on the wall. */
  day(at: number): number {
    return Math.floor((at + this.#offset(at)) / DAY)
  }

  #offset(at: number): number {
    if (this.#isUtc) return 0
    const day = Math.floor(at / DAY)
    let known = this.#days.get(day)
    if (known === undefined) {
      if (this.#days.size >= REMEMBERED_DAYS) this.#days.clear()
      known = this.#offsetsOn(day)
      this.#days.set(day, known)
    }
    return typeof known === 'number' ? known : known[Math.floor((at - day * DAY) / QUARTER)]!
  }

  /** One offset, or one for each quarter of an hour. */
  #offsetsOn(day: number): number | readonly number[] {
    const first = this.#ask(day * DAY)
    if (first === this.#ask((day + 1) * DAY)) return first
    return Array.from({ length: DAY / QUARTER }, (_, quarter) => this.#ask(day * DAY + quarter * QUARTER))
  }

  #ask(at: number): number {
    const name = this.#format.formatToParts(at * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT(?:([+-])(\d+):?(\d+)?:?(\d+)?)?$/.exec(name) ?? []
    const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    return sign === '-' ? -offset : offset
  }
}

const zones = new Map<string, Zone>()

/** Shared: a zone remembers its days. `timezone` must be a canonical name, of which there are some hundreds. */
export const zoneOf = (timezone: string): Zone => {
  let zone = zones.get(timezone)
  if (zone === undefined) zones.set(timezone, (zone = new Zone(timezone)))
  return zone
}

/** Which half hour of the local week a moment is in, 0–335, and how far through its hour it is, 0–1. */
export const HALVES = 336
export const HOURS = 168
export const halfOf = (weekSecond: number): number => Math.floor(weekSecond / 1800)
export const through = (weekSecond: number): number => (weekSecond % 3600) / 3600

