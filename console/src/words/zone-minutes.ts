import { zoneName } from './times.ts'

/** Minutes ahead of UTC of `±HHMM`, or of the zone that times are shown in, at `at` (epoch seconds), where a widget names none. */
export const zoneMinutes = (zone: string | undefined, at: number): number => {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone ?? '') ?? []
  if (sign === undefined) return zoneName() === 'UTC' ? 0 : -new Date(at * 1000).getTimezoneOffset()
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
