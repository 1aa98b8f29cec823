import type { Place } from './command-error.ts'
import { plain } from './table.ts'
import { columnsOf } from './text-columns.ts'

/** The line of a text where something is wrong, with carets under it. */
export const showPlace = (text: string, { start, end }: Place): string => {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const behind = text.indexOf('\n', start)
  const line = text.slice(from, behind === -1 ? text.length : behind)
  const length = columnsOf(plain(text.slice(start, Math.min(end, from + line.length))))
  return `\n  ${plain(line)}\n  ${' '.repeat(columnsOf(plain(line.slice(0, start - from))))}${'^'.repeat(Math.max(1, length))}`
}

/** Where a filter pattern is wrong, as far as the refusal tells: it names what it stumbled over, or says that the end is missing. */
export const placeInPattern = (pattern: string, refusal: string): Place | undefined => {
  if (/ends too early|must end with/.test(refusal)) return { start: pattern.length, end: pattern.length + 1 }
  const named = /(?:unexpected|in term) '(.+?)'/s.exec(refusal)?.[1]
  if (named === undefined) return undefined
  const start = pattern.indexOf(named)
  // Of several that look alike it is not known which.
  return start === -1 || pattern.includes(named, start + 1) ? undefined : { start, end: start + named.length }
}
