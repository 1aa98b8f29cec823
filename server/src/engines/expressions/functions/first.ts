import { emptyLine, series } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const first: MathFunction = {
  name: 'FIRST',
  group: 'lists',
  parameters: [{ name: 'metrics', takes: ['list'] }],
  yields: 'TS[] → TS',
  doc: 'The first series of a list.',
  examples: [
    { expression: 'FIRST([m1, m2])', metrics: { m1: '1 - 3', m2: '4 5 6' }, result: '1 - 3' },
    { expression: 'FIRST(SORT([m1, m2], AVG, ASC))', metrics: { m1: '1 - 4 7', m2: '2 2 2 2' }, result: '2 2 2 2' },
  ],
  bind: call => {
    const metrics = call.list(0)
    return series(run => metrics.at(run).at(0) ?? emptyLine(call.source, run))
  },
}
