import type { EpochMillis, EpochSeconds } from '../../base/time.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]
const two = (value: number): string => String(value).padStart(2, '0')
const clockTime = (date: Date): string => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`

/** `02/10/19 16:59:00`: a datapoint's time inside a reason, day first, UTC. */
export const datapointTime = (at: EpochSeconds): string => {
  const date = new Date(at * 1000)
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCFullYear() % 100)} ${clockTime(date)}`
}

/** `Monday 05 August, 2019 17:04:03 UTC`: times in messages to people. */
export const spokenTime = (at: EpochMillis): string => {
  const date = new Date(at)
  return `${DAYS[date.getUTCDay()]} ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]}, ${date.getUTCFullYear()} ${clockTime(date)} UTC`
}
