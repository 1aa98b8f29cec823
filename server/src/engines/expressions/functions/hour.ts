import { BY_INSTANT, byInstant } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const hour: MathFunction = {
  name: 'HOUR',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The hour of every instant in UTC, 0 to 23.',
  examples: [
    { expression: 'HOUR(m1)', metrics: { m1: '- - 3' }, start: '2024-02-29T23:58:30Z', result: '23 23 0' },
    { expression: 'IF(HOUR(m1) >= 8 AND HOUR(m1) < 17, m1)', metrics: { m1: '5 5 5 5' }, start: '2024-01-01T06:00:00Z', period: 3600, result: '- - 5 5' },
  ],
  bind: byInstant(at => Math.floor(at / 3600) % 24),
}
