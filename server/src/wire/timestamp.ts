/** `2019-10-02T17:04:00Z`, with `.788` where there are milliseconds: how AWS writes times in XML. */
export const writeDateTime = (at: Date): string => at.toISOString().replace('.000Z', 'Z')

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** ISO 8601 as AWS takes it: seconds, fraction and zone may be missing (then UTC). Undefined when it is no such time. */
export const readDateTime = (text: string): Date | undefined => {
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  if (Number.isNaN(at)) return undefined
  // Date.parse rolls the 31st of February over into March; what was written must come back.
  const written = new Date(at)
  if (written.getUTCDate() !== Number(day) || written.getUTCHours() !== Number(hour)) return undefined
  return new Date(at - zoneMillis(zone))
}

/** Seconds since the epoch, fraction allowed. Undefined outside of what a Date can hold. */
export const readEpochSeconds = (value: number): Date | undefined => {
  const date = new Date(Math.round(value * 1000))
  return Number.isNaN(date.getTime()) ? undefined : date
}

const zoneMillis = (zone: string): number => {
  if (zone === 'Z' || zone === 'z') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000
}
