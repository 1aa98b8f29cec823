import { BY_INSTANT, byDate } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const month: MathFunction = {
  name: 'MONTH',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The month of every instant in UTC, 1 to 12.',
  examples: [
    { expression: 'MONTH(m1)', metrics: { m1: '- - 3' }, start: '2024-12-30T00:00:00Z', period: 86_400, result: '12 12 1' },
  ],
  bind: byDate(date => date.getUTCMonth() + 1),
}
