import { seconds, type Seconds } from '../../../base/time.ts'
import type { Grid, Line as GridLine, Need, Program } from '../../../engines/expressions/program.ts'
import type { Series } from '../ports.ts'
import type { Range } from './lines.ts'
import { bucketsIn, type ReadRange } from './stored-series.ts'
import type { ExpressionQuery, StoredQuery } from './queries.ts'
import { automaticPeriod } from './time-range.ts'

const MINUTE = 60

/**
 * The period of an expression: its own, or else the longest of all that it reads, or else what suits the range. Metrics
 * Insights has nothing below a minute.
 */
export const periodOf = (
  query: ExpressionQuery, program: Program, stored: ReadonlyMap<string, Pick<StoredQuery, 'period'>>, range: Range,
): Seconds => {
  const needs = program.needsOf(query.id)
  const read = [...program.metricsOf(query.id)].map(id => stored.get(id)!.period)
  const asked = needs.map(need => ('period' in need ? need.period : undefined)).filter(period => period !== undefined)
  const longest = Math.max(0, ...read, ...asked)
  const period = query.period ?? (longest > 0 ? seconds(longest) : automaticPeriod(range.start, range.end, range.now))
  return needs.some(isInsights) ? seconds(Math.max(MINUTE, period)) : period
}

const isInsights = ({ kind }: Need): boolean => kind === 'insights'

export const gridOf = (range: ReadRange, period: Seconds): Grid => ({ start: range.startOf(period), period, length: bucketsIn(range, period) })

/** A sparse series as a column; its timestamps lie on the grid. */
export const onGrid = ({ timestamps, values }: Series, { start, period, length }: Grid): Float64Array => {
  const column = new Float64Array(length).fill(NaN)
  for (const [index, at] of timestamps.entries()) column[(at - start) / period] = values[index]!
  return column
}

/** The datapoints of a column. */
export const offGrid = ({ values }: GridLine, { start, period }: Grid): Series => {
  const timestamps: number[] = []
  const kept: number[] = []
  for (const [slot, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    timestamps.push(start + slot * period)
    kept.push(value)
  }
  return { timestamps: timestamps as unknown as Series['timestamps'], values: kept }
}
