import { scalar } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const period: MathFunction = {
  name: 'PERIOD',
  group: 'series',
  parameters: [{ name: 'metric', takes: ['metric'] }],
  yields: 'TS → S',
  doc: 'The period of a metric in seconds. Of expressions there is none.',
  examples: [
    { expression: 'm1 / PERIOD(m1)', metrics: { m1: '60 - 30' }, result: '1 - 0.5' },
    { expression: 'm1 / PERIOD(m1)', metrics: { m1: '60 - 30' }, period: 300, result: '0.2 - 0.1' },
  ],
  bind: call => {
    const seconds = call.id(0).stored!.period
    return scalar(() => seconds)
  },
}
