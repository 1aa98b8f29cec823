import { AGGREGATED, addUp, aggregated, sumOf } from './aggregate.ts'
import type { MathFunction } from './math-function.ts'

export const sum: MathFunction = {
  name: 'SUM',
  group: 'statistics',
  parameters: AGGREGATED,
  yields: 'TS → S, TS[] → TS',
  doc: 'The sum: of all datapoints of a series, or of the series of a list at each instant.',
  examples: [
    { expression: 'SUM([m1, m2])', metrics: { m1: '1 - 4 7 -', m2: '2 2 2 2 -' }, result: '3 2 6 9 -' },
    { expression: 'm1 / SUM(m1)', metrics: { m1: '1 - 3' }, result: '0.25 - 0.75' },
    { expression: 'SUM(100 / [m1, m2])', metrics: { m1: '1 - 4 8', m2: '2 2 2 2' }, result: '150 50 75 62.5' },
    { expression: 'TIME_SERIES(SUM(m1))', metrics: { m1: '- -' }, result: '- -' },
  ],
  bind: call => aggregated(call, { over: sumOf, across: addUp }),
}
