import { epochMillis, type EpochMillis } from '../../base/time.ts'

/** A time zone by its IANA name. */
export interface Zone {
  readonly name: string
  /** The clock time at an instant, as if it were UTC. */
  wallClock(at: EpochMillis): number
  /** The first instant at which clocks show that; what they skip is counted on from before the gap, and so comes after it. */
  instant(wallClock: number): EpochMillis
}

/** Undefined for a name that is no time zone's. */
export const zoneOf = (name: string): Zone | undefined => {
  const format = formatOf(name)
  if (format === undefined) return undefined
  const wallClock = (at: EpochMillis): number => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const whole = Math.floor(at / 1000) * 1000
    return Date.UTC(parts['year']!, parts['month']! - 1, parts['day']!, parts['hour'], parts['minute'], parts['second']) + (at - whole)
  }
  const offset = (at: number): number => wallClock(epochMillis(at)) - at
  const DAY = 86_400_000
  return {
    name,
    wallClock,
    instant(wall) {
      // Clocks change at most once within two days: one of the two offsets holds, the earlier one in a gap and at a repeated hour.
      const before = wall - offset(wall - DAY)
      if (wallClock(epochMillis(before)) === wall) return epochMillis(before)
      const after = wall - offset(wall + DAY)
      return epochMillis(wallClock(epochMillis(after)) === wall ? after : before)
    },
  }
}

const formatOf = (name: string): Intl.DateTimeFormat | undefined => {
  // Offsets such as +05:00 are no names; Intl would take them.
  if (!/^[A-Za-z]/.test(name)) return undefined
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name, hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
