import { mapped } from '../term.ts'
import type { MathFunction } from './math-function.ts'
import { stepwise } from './stepwise.ts'

export const rate: MathFunction = {
  name: 'RATE',
  group: 'series',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'How much each datapoint rose per second since the one before it: DIFF / DIFF_TIME. The first one gives none.',
  examples: [
    { expression: 'RATE(m1)', metrics: { m1: '1 - 4 7' }, result: '- - 0.025 0.05' },
    { expression: 'RATE(m1)', metrics: { m1: '600 0 300' }, period: 300, result: '- -2 1' },
  ],
  bind: call => mapped(call.seriesOrList(0), stepwise((rise, elapsed) => rise / elapsed)),
}
