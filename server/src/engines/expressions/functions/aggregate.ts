import type { Call } from '../call.ts'
import { datapoint, made, scalar, type Term } from '../term.ts'
import type { Parameter } from './math-function.ts'

/** How several values become one: those of a series over time, or those of a list's series at one instant. */
export interface Aggregate {
  /** NaN: no value. */
  readonly over: (values: Float64Array) => number
  /** `out` begins as NaN everywhere, which is what it stays where no series has a datapoint. */
  readonly across: (columns: readonly Float64Array[], out: Float64Array) => void
}

export const AGGREGATED: readonly Parameter[] = [{ name: 'metrics', takes: ['series', 'list'] }]

/** What AVG, SUM and their like share: of a series a number, of a list a series. */
export const aggregated = (call: Call, { over, across }: Aggregate): Term => {
  const operand = call.seriesOrList(0)
  if (operand.shape === 'series') return scalar(run => datapoint(over(operand.at(run).values)))
  return made(call.source, (out, run) => {
    const lines = operand.at(run)
    run.reading(lines.length)
    out.fill(NaN)
    across(lines.map(({ values }) => values), out)
    for (let k = 0; k < out.length; k++) out[k] = datapoint(out[k]!)
  })
}

/** Adds every series to `out`; NaN stays where there is nothing to add. */
export const addUp: Aggregate['across'] = (columns, out) => {
  for (const values of columns) {
    for (let k = 0; k < out.length; k++) {
      const value = values[k]!
      if (value !== value) continue
      const sum = out[k]!
      out[k] = sum !== sum ? value : sum + value
    }
  }
}

/** NaN for a series without datapoints. */
export const sumOf = (values: Float64Array): number => {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value !== value) continue
    sum += value
    count++
  }
  return count === 0 ? NaN : sum
}

export const countOf = (values: Float64Array): number => {
  let count = 0
  for (const value of values) if (value === value) count++
  return count
}
