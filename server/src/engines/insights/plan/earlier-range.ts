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

/** The range that `diff` or `logcompare` compares the query's with, of the same length. */
export const earlierRange = ({ commands }: QueryNode, { start, end }: EarlierRange): EarlierRange | undefined => {
  const compared = commands.find(({ command }) => command === 'diff' || command === 'logcompare')
  if (compared === undefined) return undefined
  const shift = compared.command === 'diff' ? shiftOf(compared.tree as Earlier, end - start + 1) : (compared.tree as { readonly shift: number }).shift
  return { start: start - shift, end: end - shift }
}

const shiftOf = (which: Earlier, length: number): number => (which === 'before' ? length : SHIFTS[which])
