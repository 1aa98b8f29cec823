import { scalar } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const metricCount: MathFunction = {
  name: 'METRIC_COUNT',
  group: 'statistics',
  parameters: [{ name: 'metrics', takes: ['list'] }],
  yields: 'TS[] → S',
  doc: 'How many series a list has, those without datapoints among them.',
  examples: [{ expression: 'm1 / METRIC_COUNT(METRICS())', metrics: { m1: '4 -', m2: '- -' }, result: '2 -' }],
  bind: call => {
    const metrics = call.list(0)
    return scalar(run => metrics.at(run).length)
  },
}
