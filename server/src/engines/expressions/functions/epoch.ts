import { BY_INSTANT, byInstant } from './by-instant.ts'
import type { MathFunction } from './math-function.ts'

export const epoch: MathFunction = {
  name: 'EPOCH',
  group: 'time',
  parameters: BY_INSTANT,
  yields: 'TS → TS',
  doc: 'Every instant in seconds since 1970-01-01T00:00:00Z.',
  examples: [
    { expression: 'EPOCH(m1)', metrics: { m1: '- 3' }, start: '2001-09-09T01:46:40Z', result: '1000000000 1000000060' },
  ],
  bind: byInstant(at => at),
}
