import { BY_INSTANT, byDate } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const year: MathFunction = {
  name: 'YEAR',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The year of every instant in UTC.',
  examples: [
    { expression: 'YEAR(m1)', metrics: { m1: '- - 3' }, start: '2024-12-30T00:00:00Z', period: 86_400, result: '2024 2024 2025' },
  ],
  bind: byDate(date => date.getUTCFullYear()),
}
