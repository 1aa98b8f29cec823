import { mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const ceil: MathFunction = {
  name: 'CEIL',
  group: 'arithmetic',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The smallest integer that is not below each datapoint.',
  examples: [
    { expression: 'CEIL(m1)', metrics: { m1: '1.2 - -0.5 3' }, result: '2 - 0 3' },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = Math.ceil(values[k]!) + 0
}
