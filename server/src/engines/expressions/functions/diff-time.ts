import { mapped } from '../term.ts'
import type { MathFunction } from './math-function.ts'
import { stepwise } from './stepwise.ts'

export const diffTime: MathFunction = {
  name: 'DIFF_TIME',
  group: 'series',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'How many seconds each datapoint is after the one before it. The first one gives none.',
  examples: [
    { expression: 'DIFF_TIME(m1)', metrics: { m1: '1 - 4 7' }, result: '- - 120 60' },
  ],
  bind: call => mapped(call.seriesOrList(0), stepwise((_, elapsed) => elapsed)),
}
