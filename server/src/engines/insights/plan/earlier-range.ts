import type { QueryNode } from '../grammar/query-tree.ts'

/** Epoch milliseconds, both inclusive. */
export interface EarlierRange {
  readonly start: number
  readonly end: number
}

export type Earlier = 'before' | 'previousDay' | 'previousWeek' | 'previousMonth'

const DAY = 86_400_000
/** A month is 30 days. */
const SHIFTS: Readonly<Record<Exclude<Earlier, 'before'>, number>> = { previousDay: DAY, previousWeek: 7 * DAY, previousMonth: 30 * DAY }

/** The range that `diff` compares the query's with, of the same length. */
export const earlierRange = ({ commands }: QueryNode, { start, end }: EarlierRange): EarlierRange | undefined => {
  const diff = commands.find(({ command }) => command === 'diff')
  if (diff === undefined) return undefined
  const which = diff.tree as Earlier
  const shift = which === 'before' ? end - start + 1 : SHIFTS[which]
  return { start: start - shift, end: end - shift }
}
