import { AGGREGATED, aggregated } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const max: MathFunction = {
  name: 'MAX',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'The highest datapoint: of a series, or of the series of a list at each instant.',
  examples: [
    { expression: 'TIME_SERIES(MAX(m1))', metrics: { m1: '1 - 4 7' }, result: '7 7 7 7' },
    { expression: 'MAX([m1, m2])', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '2 2 4 7 -' },
    { expression: 'm1 - MAX(m2)', metrics: { m1: '1 2', m2: '- -' }, result: '- -' },
  ],
  bind: call => aggregated(call, { over, across }),
}

const over = (values: Float64Array): number => {
  let highest = NaN
  for (const value of values) if (value > highest || highest !== highest) highest = value
  return highest
}

const across = (columns: readonly Float64Array[], out: Float64Array): void => {
  for (const values of columns) {
    for (let k = 0; k < out.length; k++) {
      const value = values[k]!
      const highest = out[k]!
      if (value > highest || highest !== highest) out[k] = value
    }
  }
}
