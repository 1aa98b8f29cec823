import type { BindContext } from '../insights-function.ts'
import type { Value } from '../../values.ts'

/** A time zone as ClickHouse takes it: a name of the tz database, or UTC and how far the clock is ahead of it. */
export interface Zone {
  readonly name: string
  readonly aheadMinutes: number
}

/** Zones that are younger than the engine's tz database, by the one they parted from. */
const UNKNOWN_TO_ENGINE: ReadonlyMap<string, string> = new Map([['America/Coyhaique', 'America/Punta_Arenas']])

const UTC: Zone = { name: 'UTC', aheadMinutes: 0 }

/** The zone that an argument names, `Europe/Berlin` or `+05:30`; UTC if there is none. */
export const zoneOf = (argument: Value | undefined, context: BindContext): Zone => {
  if (argument === undefined) return UTC
  const text = String(argument.constant)
  const zone = offsetZone(text) ?? namedZone(text)
  return zone ?? context.refuse(`there is no time zone '${text}'`)
}

const offsetZone = (text: string): Zone | undefined => {
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?$/.exec(text) ?? []
  if (sign === undefined || Number(hours) > 18) return undefined
  const ahead = Number(hours) * 60 + Number(minutes)
  return { name: 'UTC', aheadMinutes: sign === '-' ? -ahead : ahead }
}

/** Names that the engine surely has: the tz database's own, in letters of whatever case. */
const namedZone = (text: string): Zone | undefined => {
  if (/^(?:UTC|GMT|Z)$/i.test(text)) return UTC
  if (!/^[A-Za-z]/.test(text)) return undefined
  try {
    const name = new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone
    return { name: UNKNOWN_TO_ENGINE.get(name) ?? name, aheadMinutes: 0 }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
