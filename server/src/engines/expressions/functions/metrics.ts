import { list, type SeriesTerm } from '../term.ts'
import type { MathFunction } from './math-function.ts'

export const metrics: MathFunction = {
  name: 'METRICS',
  group: 'lists',
  parameters: [{ name: 'part', takes: ['string'], optional: true }],
  yields: '→ TS[]',
  doc: 'All metrics of the request, expressions not among them; with a string only those whose Id contains it.',
  examples: [
    { expression: 'METRICS()', metrics: { m1: '1 -', m2: '2 3' }, result: ['1 -', '2 3'] },
    { expression: 'METRICS("errors")', metrics: { errors1: '1', errors2: '2', requests: '3' }, result: ['1', '2'] },
    { expression: 'SUM([METRICS("4xx"), METRICS("5xx")])', metrics: { m4xx: '1 2', m5xx: '3 -', other: '9 9' }, result: '4 2' },
  ],
  bind: call => {
    const part = call.count > 0 ? call.text(0) : ''
    const found = call.scope.stored.filter(({ id }) => id.includes(part)).map(({ id }) => call.scope.refer(id) as SeriesTerm)
    return list(run => found.map(metric => metric.at(run)))
  },
}
