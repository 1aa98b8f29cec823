import { AGGREGATED, addUp, aggregated, countOf, sumOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const stddev: MathFunction = {
  name: 'STDDEV',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'The standard deviation (of a population, the squares divided by their number): of the datapoints of a series, or of those that the series of a list have at each instant.',
  examples: [
    { expression: 'TIME_SERIES(STDDEV(m1))', metrics: { m1: '2 - 4 4 4 5 5 7 9' }, result: '2 2 2 2 2 2 2 2 2' },
    { expression: 'STDDEV([m1, m2])', metrics: { m1: '1 - 4 -', m2: '3 2 4 -' }, result: '1 0 0 -' },
  ],
  bind: call => aggregated(call, { over, across }),
}

/** In two passes: subtracting the square of the mean from the mean of squares cancels all digits of large values. */
const over = (values: Float64Array): number => {
  const count = countOf(values)
  const mean = sumOf(values) / count
  let squares = 0
  for (const value of values) if (value === value) squares += (value - mean) ** 2
  return Math.sqrt(squares / count)
}

const across = (columns: readonly Float64Array[], out: Float64Array): void => {
  addUp(columns, out)
  for (let k = 0; k < out.length; k++) {
    let count = 0
    for (const values of columns) if (values[k] === values[k]) count++
    const mean = out[k]! / count
    let squares = 0
    for (const values of columns) {
      const value = values[k]!
      if (value === value) squares += (value - mean) ** 2
    }
    out[k] = Math.sqrt(squares / count)
  }
}
