import { emptyLine, series } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const last: MathFunction = {
  name: 'LAST',
  group: 'lists',
  parameters: [{ name: 'metrics', takes: ['list'] }],
  yields: 'TS[] → TS',
  doc: 'The last series of a list.',
  examples: [
    { expression: 'LAST([m1, m2])', metrics: { m1: '1 - 3', m2: '4 5 6' }, result: '4 5 6' },
    { expression: "LAST(METRICS('none'))", metrics: { m1: '1 2' }, result: '- -' },
  ],
  bind: call => {
    const metrics = call.list(0)
    return series(run => metrics.at(run).at(-1) ?? emptyLine(call.source, run))
  },
}
