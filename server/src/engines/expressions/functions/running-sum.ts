import { datapoint, mapped, type Kernel } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const runningSum: MathFunction = {
  name: 'RUNNING_SUM',
  group: 'series',
  parameters: [{ name: 'metrics', takes: ['series', 'list'] }],
  yields: 'TS → TS, TS[] → TS[]',
  doc: 'The sum of all datapoints up to each, from the beginning of the range that was asked for.',
  examples: [
    { expression: 'RUNNING_SUM(m1)', metrics: { m1: '1 - 4 7' }, result: '1 - 5 12' },
    { expression: 'RUNNING_SUM([m1, m2])', metrics: { m1: '1 1', m2: '- 2' }, result: ['1 2', '- 2'] },
  ],
  bind: call => mapped(call.seriesOrList(0), kernel),
}

const kernel: Kernel = (values, out) => {
  let sum = 0
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (value === value) sum += value
    out[k] = value !== value ? NaN : datapoint(sum)
  }
}
