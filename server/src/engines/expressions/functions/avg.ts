import { AGGREGATED, addUp, aggregated, countOf, sumOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const avg: MathFunction = {
  name: 'AVG',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'The average: of the datapoints that a series has, or of the series of a list at each instant, where one without a datapoint counts as 0.',
  examples: [
    { expression: 'm1 - AVG(m1)', metrics: { m1: '1 - 4 7' }, result: '-3 - 0 3' },
    { expression: 'AVG([m1, m2])', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '1.5 1 3 4.5 -' },
    { expression: 'TIME_SERIES(AVG(m1))', metrics: { m1: '- -' }, result: '- -' },
  ],
  bind: call =>
    aggregated(call, {
      over: values => sumOf(values) / countOf(values),
      across: (columns, out) => {
        addUp(columns, out)
        for (let k = 0; k < out.length; k++) out[k] = out[k]! / columns.length
      },
    }),
}
