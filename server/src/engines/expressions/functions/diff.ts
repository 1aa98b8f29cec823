import { mapped } from '../term.ts'
import type { MathFunction } from './math-function.ts'
import { stepwise } from './stepwise.ts'

export const diff: MathFunction = {
  name: 'DIFF',
  group: 'series',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'By how much each datapoint differs from the one before it. The first one gives none.',
  examples: [
    { expression: 'DIFF(m1)', metrics: { m1: '1 - 4 7' }, result: '- - 3 3' },
    { expression: 'DIFF([m1, 2 * m1])', metrics: { m1: '3 1' }, result: ['- -2', '- -4'] },
  ],
  bind: call => mapped(call.seriesOrList(0), stepwise(rise => rise)),
}
