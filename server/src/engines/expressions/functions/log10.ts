import { datapoint, mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const log10: MathFunction = {
  name: 'LOG10',
  group: 'arithmetic',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The logarithm to base 10 of each datapoint; there is none of 0 and below.',
  examples: [
    { expression: 'LOG10(m1)', metrics: { m1: '1 100 - 0 -1' }, result: '0 2 - - -' },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = datapoint(Math.log10(values[k]!))
}
