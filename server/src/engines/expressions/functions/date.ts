import { BY_INSTANT, byDate } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const date: MathFunction = {
  name: 'DATE',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The day of the month of every instant in UTC, 1 to 31.',
  examples: [
    { expression: 'DATE(m1)', metrics: { m1: '- - 3' }, start: '2024-02-28T00:00:00Z', period: 86_400, result: '28 29 1' },
  ],
  bind: byDate(date => date.getUTCDate()),
}
