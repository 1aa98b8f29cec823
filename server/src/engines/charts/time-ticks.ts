export interface TimeTick {
  /** Epoch seconds. */
  readonly at: number
  readonly text: string
}

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const STEPS = [
  1, 2, 5, 10, 15, 30,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 365 * DAY, 1_825 * DAY, 18_250 * DAY,
] as const

/**
 * At most `wanted` ticks at round times of the given time zone (minutes ahead of UTC): `14:05`, `14:05:30` for spans of
 * minutes, the date instead where a day begins, and the year where years count.
 */
export const timeTicks = (start: number, end: number, timezone: number, wanted: number): readonly TimeTick[] => {
  if (wanted < 1 || !(end > start)) return []
  const rough = (end - start) / wanted
  const step = STEPS.find(size => size >= rough) ?? 365_000 * DAY
  const offset = timezone * MINUTE
  const ticks: TimeTick[] = []
  for (let at = Math.ceil((start + offset) / step) * step - offset; at <= end && ticks.length < 200; at += step) {
    ticks.push({ at, text: timeText(at + offset, step) })
  }
  return ticks
}

const timeText = (local: number, step: number): string => {
  const date = new Date(local * 1000)
  if (!Number.isFinite(date.getTime())) return ''
  const iso = date.toISOString()
  const [year, month, day] = [date.getUTCFullYear(), MONTHS[date.getUTCMonth()]!, date.getUTCDate()]
  if (step >= 91 * DAY) return `${month} ${year}`
  if (local % DAY === 0) return `${month} ${day}`
  return iso.slice(11, step < MINUTE ? 19 : 16)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
