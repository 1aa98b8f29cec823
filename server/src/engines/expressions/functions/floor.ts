import { mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const floor: MathFunction = {
  name: 'FLOOR',
  group: 'arithmetic',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The largest integer that is not above each datapoint.',
  examples: [
    { expression: 'FLOOR(m1)', metrics: { m1: '1.8 - -0.5 3' }, result: '1 - -1 3' },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = Math.floor(values[k]!)
}
