import { AGGREGATED, aggregated } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const min: MathFunction = {
  name: 'MIN',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'The lowest datapoint: of a series, or of the series of a list at each instant.',
  examples: [
    { expression: 'TIME_SERIES(MIN(m1))', metrics: { m1: '1 - 4 7' }, result: '1 1 1 1' },
    { expression: 'MIN([m1, m2])', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '1 2 2 2 -' },
    { expression: 'm1 - MIN(m2)', metrics: { m1: '1 2', m2: '- -' }, result: '- -' },
  ],
  bind: call => aggregated(call, { over, across }),
}

const over = (values: Float64Array): number => {
  let lowest = NaN
  for (const value of values) if (value < lowest || lowest !== lowest) lowest = value
  return lowest
}

const across = (columns: readonly Float64Array[], out: Float64Array): void => {
  for (const values of columns) {
    for (let k = 0; k < out.length; k++) {
      const value = values[k]!
      const lowest = out[k]!
      if (value < lowest || lowest !== lowest) out[k] = value
    }
  }
}
