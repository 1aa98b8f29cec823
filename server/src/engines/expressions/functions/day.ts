import { BY_INSTANT, byInstant } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const day: MathFunction = {
  name: 'DAY',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The day of the week of every instant in UTC, 1 (Monday) to 7 (Sunday).',
  examples: [
    { expression: 'DAY(m1)', metrics: { m1: '- - - - - - - -' }, start: '2024-01-01T12:00:00Z', period: 86_400, result: '1 2 3 4 5 6 7 1' },
    { expression: 'IF(DAY(m1) < 6, m1)', metrics: { m1: '9 8 7 6' }, start: '2024-01-04T00:00:00Z', period: 86_400, result: '9 8 - -' },
  ],
  bind: byInstant(// 1970-01-01 was a Thursday.
    at => ((Math.floor(at / 86_400) + 3) % 7) + 1),
}
