import { datapoint, mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const log: MathFunction = {
  name: 'LOG',
  group: 'arithmetic',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The natural logarithm of each datapoint; there is none of 0 and below.',
  examples: [
    { expression: 'LOG(m1)', metrics: { m1: '1 - 0 -1' }, result: '0 - - -' },
    { expression: '2^(LOG(m1) / LOG(m2))', metrics: { m1: '8', m2: '2' }, result: '8' },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = datapoint(Math.log(values[k]!))
}
