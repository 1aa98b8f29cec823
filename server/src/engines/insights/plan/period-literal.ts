import { InsightsProblem } from '../insights-problem.ts'
import type { Span } from '../grammar/query-tree.ts'
import type { Period, PeriodUnit } from '../period.ts'

const NAMES: Readonly<Record<PeriodUnit, readonly string[]>> = {
  ms: ['ms', 'msec', 'msecs', 'millisecond', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  m: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
  w: ['w', 'week', 'weeks'],
  mo: ['mo', 'mon', 'mons', 'month', 'months'],
  q: ['q', 'qtr', 'qtrs', 'quarter', 'quarters'],
  y: ['y', 'yr', 'yrs', 'year', 'years'],
}
const byName = new Map(Object.entries(NAMES).flatMap(([unit, names]) => names.map(name => [name, unit as PeriodUnit] as const)))

/** `5m` as count and unit. */
export const periodOf = (literal: Span & { readonly count: number; readonly unit: string }): Period => {
  const unit = byName.get(literal.unit.toLowerCase())
  if (unit === undefined) throw new InsightsProblem(`Unknown unit of time '${literal.unit}'`, literal.start, literal.end)
  if (literal.count < 1 || !Number.isSafeInteger(literal.count)) throw new InsightsProblem('A period must be at least 1', literal.start, literal.end)
  return { count: literal.count, unit }
}
