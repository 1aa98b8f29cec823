/** Minutes ahead of UTC of `±HHMM`, or of the viewer at `at` (epoch seconds) where a widget names no zone. */
export const zoneMinutes = (zone: string | undefined, at: number): number => {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone ?? '') ?? []
  if (sign === undefined) return -new Date(at * 1000).getTimezoneOffset()
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
