import { made } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const timeSeries: MathFunction = {
  name: 'TIME_SERIES',
  group: 'series',
  parameters: [{ name: 'number', takes: ['scalar'] }],
  yields: 'S → TS',
  doc: 'A series that has the number at every instant.',
  examples: [
    { expression: 'TIME_SERIES(MAX(m1) - MIN(m1))', metrics: { m1: '1 - 5' }, result: '4 4 4' },
    { expression: 'TIME_SERIES(-0.5)', metrics: { m1: '- -' }, result: '-0.5 -0.5' },
    { expression: 'TIME_SERIES(1 / 0)', metrics: { m1: '1' }, result: '-' },
  ],
  bind: call => {
    const number = call.scalar(0)
    return made(call.source, (out, run) => out.fill(number.at(run)))
  },
}
