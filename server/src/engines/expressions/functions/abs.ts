import { mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const abs: MathFunction = {
  name: 'ABS',
  group: 'arithmetic',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The absolute value of each datapoint.',
  examples: [
    { expression: 'ABS(m1)', metrics: { m1: '-1 - 0 2.5' }, result: '1 - 0 2.5' },
    { expression: 'ABS([m1, -m1])', metrics: { m1: '-1 -' }, result: ['1 -', '1 -'] },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = Math.abs(values[k]!)
}
