/** What stretch of time a graph shows: the last so many seconds, or two fixed ends (epoch seconds). */
export type Range =
  | { readonly kind: 'last'; readonly seconds: number }
  | { readonly kind: 'between'; readonly start: number; readonly end: number }

export const RANGES: readonly { readonly id: string; readonly text: string; readonly seconds: number }[] = [
  { id: '1h', text: '1 h', seconds: 3600 },
  { id: '3h', text: '3 h', seconds: 10_800 },
  { id: '12h', text: '12 h', seconds: 43_200 },
  { id: '1d', text: '1 d', seconds: 86_400 },
  { id: '1w', text: '1 w', seconds: 604_800 },
]

export const rangeFrom = (id: string | undefined): Range => ({
  kind: 'last',
  seconds: RANGES.find(range => range.id === id)?.seconds ?? 10_800,
})

export const window = (range: Range, now: number): { readonly start: number; readonly end: number } =>
  range.kind === 'between' ? range : { start: Math.floor(now) - range.seconds, end: Math.floor(now) }

/** Statistics that grow until their period is over: drawn before that, they show a dip that is none. */
const GROWING = /^(Sum|SampleCount|T[CS]\(|t[cs]\d)/

/** Up to when to read: all there is, or for growing statistics the end of the last complete period. */
export const readableEnd = (statistic: string, period: number, end: number, now: number): number =>
  GROWING.test(statistic) ? Math.min(end, Math.floor(now / period) * period) : end

const HOUR = 3600
const DAY = 86_400
/** From what age on only longer periods are kept, as CloudWatch does. */
const KEPT: readonly (readonly [age: number, period: number])[] = [[63 * DAY, 3600], [15 * DAY, 300], [3 * HOUR, 60]]
/** "The last three hours" are asked for a moment after they began. */
const GRACE = 60
/** A week of minutes fits; a canvas shows no more anyway. */
const MOST_POINTS = 11_000

/** The wanted period, or the shortest longer one that still has data at the range's start and fits on a graph. */
export const shownPeriod = (wanted: number, start: number, end: number, now: number): number => {
  const kept = KEPT.find(([age]) => now - start > age + GRACE)?.[1] ?? 1
  const sparse = Math.ceil((end - start) / MOST_POINTS)
  const least = Math.max(kept, sparse)
  if (wanted >= least) return wanted
  const step = Math.max(kept, wanted % 60 === 0 ? wanted : 60)
  return Math.ceil(least / step) * step
}
