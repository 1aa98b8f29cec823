import { seconds, type Seconds } from '../../base/time.ts'

const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 }
/** In seconds: AWS names no limit; what runs less often is no alarm. */
const LONGEST = 7 * 86_400

/** `rate(5 minutes)` in seconds; undefined: it is none, or more than a week. */
export const scheduleRate = (expression: string): Seconds | undefined => {
  const [, count, unit, plural] = /^rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)$/.exec(expression) ?? []
  if (count === undefined || (plural === '') !== (count === '1')) return undefined
  const rate = Number(count) * UNITS[unit!]!
  return rate > LONGEST ? undefined : seconds(rate)
}
