import { epochMillis } from '../../base/time.ts'
import { zoneOf } from '../mutes/zone.ts'

/** Clocks of a place, in seconds. */
export interface ClockZone {
  /** What clocks show beyond UTC at an instant. */
  offset(at: number): number
  /** The first instant at which clocks show that, as if it were UTC; right after the gap for what they skip. */
  instant(wallClock: number): number
}

const FIXED = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/
/** As far as offsets go in Java, which AWS's words for zones are from. */
const FARTHEST = 18 * 3600

/** Of an IANA name, of `+05:30` or of `UTC+05:30`; undefined for what is none, and for offsets that are not on five minutes. */
export const clockZone = (name: string): ClockZone | undefined => {
  const fixed = FIXED.exec(name)
  if (fixed !== null) {
    const [, sign, hours, minutes = '0'] = fixed
    const size = Number(hours) * 3600 + Number(minutes) * 60
    if (Number(minutes) > 59 || size > FARTHEST || size % 300 !== 0) return undefined
    const offset = sign === '-' ? -size : size
    return { offset: () => offset, instant: wallClock => wallClock - offset }
  }
  const zone = zoneOf(name)
  return zone && {
    offset: at => zone.wallClock(epochMillis(at * 1000)) / 1000 - at,
    instant: wallClock => zone.instant(wallClock * 1000) / 1000,
  }
}
