import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { compile } from './compile.ts'
import type { Inputs } from './program.ts'
import { expressions, type Points, type World } from './reference-evaluator.test-support.ts'

const IDS = ['m1', 'm2', 'm3']

/** Small numbers of both signs, so that zeros, equal values and gaps meet often. */
const world: fc.Arbitrary<World> = fc
  .record({ length: fc.integer({ min: 1, max: 7 }), period: fc.constantFrom(1, 60, 300, 3600, 86_400), start: fc.integer({ min: 0, max: 2_000_000 }) })
  .chain(({ length, period, start }) =>
    fc
      .array(fc.array(fc.option(fc.integer({ min: -3, max: 4 })), { minLength: length, maxLength: length }), { minLength: 3, maxLength: 3 })
      .map(columns => ({
        length,
        period,
        start: start * 3600,
        metrics: columns.map((values): Points => new Map(values.flatMap((value, k) => (value === null ? [] : [[k, value] as const])))),
      })),
  )

const inputsOf = ({ length, period, start, metrics }: World): Inputs => ({
  grid: { start: epochSeconds(start), period: seconds(period), length },
  metric: id => ({ label: id, values: column(metrics[IDS.indexOf(id)]!, length) }),
  need: () => [],
})
const column = (points: Points, length: number): Float64Array => Float64Array.from({ length }, (_, k) => points.get(k) ?? NaN)

const agree = (actual: Float64Array, expected: Float64Array): boolean =>
  actual.every((value, k) => {
    const other = expected[k]!
    if (Number.isNaN(value) || Number.isNaN(other)) return Number.isNaN(value) && Number.isNaN(other)
    return Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(value), Math.abs(other))
  })

test('any expression yields what the slow evaluator says', () => {
  const drawn = fc.oneof(
    expressions.series.map(({ text, yields }) => ({ text, yields: (given: World) => [yields(given)] })),
    expressions.list.map(({ text, yields }) => ({ text, yields })),
  )
  fc.assert(
    fc.property(drawn, world, ({ text, yields }, given) => {
      fc.pre(text.length <= 2048)
      const stored = IDS.map(id => ({ id, period: seconds(given.period) }))
      const lines = compile(stored, [{ id: 'e1', expression: text }]).evaluate('e1', inputsOf(given))
      const expected = yields(given).map(points => column(points, given.length))
      if (lines.length === expected.length && lines.every(({ values }, index) => agree(values, expected[index]!))) return
      expect({ text, values: lines.map(({ values }) => [...values]) }).toEqual({ text, values: expected.map(values => [...values]) })
    }),
    { numRuns: 5000 },
  )
})
