import { AGGREGATED, aggregated, countOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const datapointCount: MathFunction = {
  name: 'DATAPOINT_COUNT',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'How many datapoints there are: in a series, or at each instant in the series of a list.',
  examples: [
    { expression: 'DATAPOINT_COUNT([m1, m2])', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '2 1 2 2 -' },
    { expression: 'TIME_SERIES(SUM(m1) / DATAPOINT_COUNT(m1))', metrics: { m1: '1 - 4 7' }, result: '4 4 4 4' },
    { expression: 'TIME_SERIES(DATAPOINT_COUNT(m1))', metrics: { m1: '- -' }, result: '0 0' },
  ],
  bind: call => aggregated(call, { over: countOf, across }),
}

const across = (columns: readonly Float64Array[], out: Float64Array): void => {
  for (const values of columns) {
    for (let k = 0; k < out.length; k++) {
      if (values[k] !== values[k]) continue
      const count = out[k]!
      out[k] = count !== count ? 1 : count + 1
    }
  }
}
