const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** `45 seconds`, `1 minute 30 seconds`, `8 minutes`, `2 hours 5 minutes`, `3 days`: two words are enough. */
export const durationText = (milliseconds: number): string => {
  const total = Math.floor(milliseconds / 1000)
  if (total < 1) return 'just now'
  const start = STEPS.findIndex(([, size]) => total >= size)
  const [name, size] = STEPS[start]!
  const count = Math.floor(total / size)
  const next = STEPS[start + 1]
  // "8 minutes 12 seconds" says no more than "8 minutes".
  if (next === undefined || (name === 'minute' && count > 1)) return words(count, name)
  const rest = Math.floor((total - count * size) / next[1])
  return rest === 0 ? words(count, name) : `${words(count, name)} ${words(rest, next[0])}`
}

const words = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`
