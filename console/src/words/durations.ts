const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [604_800, 'week'], [86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second'],
]

export const plural = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

/** A length of time in its largest whole unit: 300 → `5 minutes`, 90 → `90 seconds`. */
export const duration = (seconds: number): string => {
  const [size, name] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second']
  return plural(seconds / size, name)
}

/** How long ago, for people: `just now`, `8 minutes ago`, `in 2 minutes`. Rounded down, so never ahead of the truth. */
export const timeAgo = (at: number, now: number): string => {
  const seconds = Math.trunc(now - at)
  const distance = Math.abs(seconds)
  if (distance < 5) return 'just now'
  const [size, name] = UNITS.find(([unit, noun]) => noun !== 'week' && distance >= unit) ?? [1, 'second']
  const words = plural(Math.floor(distance / size), name)
  return seconds > 0 ? `${words} ago` : `in ${words}`
}

/** How long something took: `240 ms`, `1.4 s`, `2 min 5 s`. */
export const elapsed = (millis: number): string => {
  if (millis < 1000) return `${Math.round(millis)} ms`
  const seconds = millis / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}
