import type { MuteRule } from '../aws/shapes.ts'

const PARTS = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/** A mute's ISO 8601 duration in minutes; undefined for anything else. */
export const muteMinutes = (text: string): number | undefined => {
  const found = PARTS.exec(text)
  if (found === null) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = found.slice(1).map(part => Number(part ?? 0))
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes
}

/** When a one-time rule in UTC ends, in epoch seconds; undefined for rules that repeat or have another zone. */
export const muteEnd = ({ Rule, ExpireDate }: MuteRule): number | undefined => {
  const { Expression = '', Duration = '', Timezone = 'UTC' } = Rule?.Schedule ?? {}
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)\)$/.exec(Expression)?.[1]
  const minutes = muteMinutes(Duration)
  if (at === undefined || minutes === undefined || Timezone !== 'UTC') return undefined
  return Math.min(Date.parse(`${at}Z`) / 1000 + minutes * 60, ExpireDate ?? Infinity)
}

/** The rule's own words: `cron(0 2 * * SUN) for PT4H, Europe/Berlin`. */
export const muteSchedule = ({ Rule }: MuteRule): string => {
  const { Expression = '', Duration = '', Timezone = 'UTC' } = Rule?.Schedule ?? {}
  return `${Expression} for ${Duration}, ${Timezone}`
}

/** A rule lasts 15 days at most. */
const LONGEST_MINUTES = 15 * 24 * 60

/** How many minutes a mute from the minute of `now` lasts until `until` (both epoch seconds); undefined: not to be had. */
export const minutesUntil = (now: number, until: number): number | undefined => {
  const minutes = Math.ceil((until - Math.floor(now / 60) * 60) / 60)
  return until > now && minutes <= LONGEST_MINUTES ? minutes : undefined
}
