import { BY_INSTANT, byInstant } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const minute: MathFunction = {
  name: 'MINUTE',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'The minute of the hour of every instant in UTC, 0 to 59.',
  examples: [
    { expression: 'MINUTE(m1)', metrics: { m1: '- - 3' }, start: '2024-02-29T23:58:30Z', result: '58 59 0' },
  ],
  bind: byInstant(at => Math.floor(at / 60) % 60),
}
