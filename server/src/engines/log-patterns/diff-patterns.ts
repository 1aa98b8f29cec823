import type { Pattern } from './pattern.ts'

/** How often a pattern came, compared with the time before. */
export interface PatternDifference {
  readonly pattern: Pattern
  /** Events now, and before. */
  readonly now: number
  readonly before: number
  readonly change: number
  /** What became of it, in words. */
  readonly description: string
}

/**
 * Joins the patterns of two times; the largest change first. They are the same where their texts are. Patterns had better be made of
 * the rows of both times together, as words that vary in one time only make another pattern of it.
 */
export const diffPatterns = (now: readonly Pattern[], before: readonly Pattern[]): readonly PatternDifference[] => {
  const earlier = new Map(before.map(pattern => [pattern.patternId, pattern]))
  const current = new Set(now.map(({ patternId }) => patternId))
  const differences = [
    ...now.map(pattern => difference(pattern, pattern.sampleCount, earlier.get(pattern.patternId)?.sampleCount ?? 0)),
    ...before.filter(({ patternId }) => !current.has(patternId)).map(pattern => difference(pattern, 0, pattern.sampleCount)),
  ]
  return differences.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || b.now - a.now || (a.pattern.pattern < b.pattern.pattern ? -1 : 1))
}

const difference = (pattern: Pattern, now: number, before: number): PatternDifference => ({ pattern, now, before, change: now - before, description: description(now, before) })

const description = (now: number, before: number): string => {
  if (before === 0) return 'Pattern only appears in the current time range'
  if (now === 0) return 'Pattern only appears in the comparison time range'
  if (now === before) return 'No change'
  const percent = Math.round((Math.abs(now - before) / before) * 100)
  return `${percent}% ${now > before ? 'more' : 'fewer'} events`
}
