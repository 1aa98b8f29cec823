import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Budget } from './budget.ts'
import { Evaluation } from './evaluation.ts'
import { Labels } from './labels.ts'
import { parsePromql } from './parse.ts'
import { evaluate, over as inputsOver, seriesOf, shown } from './promql.test-support.ts'
import { AGGREGATE_NAMES, aggregated, FOLDS, instant, joined, OPERATOR_NAMES, over, scaled, written, type Point, type Query } from './reference-evaluator.test-support.ts'

const LABEL_NAMES = ['a', 'b'] as const
const labelNames = fc.subarray([...LABEL_NAMES])

const points = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('m', 'n'), a: fc.constantFrom('1', '2', '3'), b: fc.constantFrom('x', 'y', ''),
    gaps: fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 90 }) }, fc.integer({ min: 90, max: 900 })), { minLength: 1, maxLength: 30 }), values: fc.array(fc.integer({ min: -5, max: 50 }), { minLength: 30, maxLength: 30 }),
  }),
  { selector: ({ name, a, b }) => `${name} ${a} ${b}`, minLength: 3, maxLength: 10 },
).map(all => all.map(({ name, a, b, gaps, values }): Point => {
  let time = 0
  const samples = gaps.map((gap, place) => [(time += gap * 1000), values[place]!] as const)
  return { labels: { __name__: name, a, ...(b === '' ? {} : { b }) }, samples }
}))

const { query } = fc.letrec<{ query: Query }>(tie => ({
  query: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    fc.tuple(fc.constantFrom('m', 'n'), fc.option(fc.constantFrom(['a', '1'] as const, ['b', 'y'] as const), { nil: undefined })).map(([name, matcher]) => instant(name, matcher)),
    fc.tuple(fc.constantFrom(...Object.keys(FOLDS)), fc.constantFrom('m', 'n'), fc.constantFrom(1, 3, 10), fc.constantFrom(0, 2)).map(args => over(...args)),
    fc.tuple(fc.constantFrom(...AGGREGATE_NAMES), fc.constantFrom('by' as const, 'without' as const), labelNames, tie('query')).map(args => aggregated(...args)),
    fc.tuple(fc.constantFrom(...OPERATOR_NAMES), tie('query'), fc.integer({ min: 1, max: 20 })).map(args => scaled(...args)),
    fc.tuple(fc.constantFrom(...OPERATOR_NAMES), tie('query'), tie('query'), fc.option(labelNames, { nil: undefined }), fc.boolean())
      .map(([operator, left, right, on, group]) => joined(operator, left, right, on, group && on !== undefined)),
  ),
}))

/** `undefined`: refused. */
const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

type Row = { readonly labels: string, readonly value: number }

/** The two add in other orders: their last bits may differ, and no number of digits is safe from a difference across its edge. */
const alike = (one: readonly Row[] | undefined, other: readonly Row[] | undefined): boolean => {
  if (one === undefined || other === undefined) return one === other
  const sorted = other.toSorted(byLabels)
  return one.length === other.length && one.toSorted(byLabels).every((row, place) => row.labels === sorted[place]!.labels && close(row.value, sorted[place]!.value))
}
const byLabels = (left: Row, right: Row): number => (left.labels < right.labels ? -1 : 1)
const close = (left: number, right: number): boolean => Object.is(left, right) || Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left))

test('answers what a second evaluator answers, instant by instant', () => {
  let answered = 0
  fc.assert(
    fc.property(points, query, fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 4 }), (data, asked, instants) => {
      const series = data.map(({ labels, samples }) => ({ labels: Labels.of(Object.entries(labels)), times: samples.map(([time]) => time), values: samples.map(([, value]) => value) }))
      const evaluation = new Evaluation(parsePromql(asked.text), inputsOver(series), new Budget({ total: 1e7, instant: 1e7 }))
      for (const at of instants.map(second => second * 1000)) {
        const expected = attempt(() => asked.rows(data, at).map(({ labels, value }): Row => ({ labels: written(labels), value })))
        const got = attempt(() => {
          const value = evaluation.at(at)
          return value.type === 'vector' ? value.vector.map(({ labels, value: each }): Row => ({ labels: written(labels.toRecord()), value: each })) : undefined
        })
        if (!alike(got, expected)) expect(got).toEqual(expected)
        if (expected !== undefined && expected.length > 0) answered++
      }
    }),
    { numRuns: 2000 },
  )
  expect(answered).toBeGreaterThan(1000)
})

const minutes = (...notations: readonly (readonly [string, string])[]) => inputsOver(notations.map(([labels, values]) => seriesOf(labels, values)))
const at = (minute: number): number => minute * 60_000

describe('at the edges', () => {
  const series = minutes(['x{h="a"}', '1 2 3 4 5 6 - - - - - -'])
  test.each([
    ['x', 10, []],
    ['x', 10 - 1 / 60_000, ['x{h="a"} 6']],
    ['count_over_time(x[2m])', 5, ['{h="a"} 2']],
    ['count_over_time(x[2m] offset 3m)', 5, ['{h="a"} 2']],
    ['x offset -1m', 3, ['x{h="a"} 5']],
    ['absent(x)', 11, ['{} 1']],
    ['count_over_time(x[4m:2m])', 5, ['{h="a"} 2']],
    ['sum_over_time(sum_over_time(x[2m:1m])[3m:1m])', 5, ['{h="a"} 27']],
    ['max_over_time(rate(x[2m])[5m:1m])', 5, [`{h="a"} ${Number((1 / 60).toPrecision(15))}`]],
  ])('%s after %d minutes', (text, minute, rows) => {
    expect(shown(evaluate(text, series, at(minute)))).toEqual(rows)
  })
})

test.each([
  ['count_values without (host) ("job", x)', ['{job="1", zone="a"} 3', '{job="2", zone="b"} 1']],
  ['count_values by (job, zone) ("job", x)', ['{job="1", zone="a"} 3', '{job="2", zone="b"} 1']],
  ['count_values without (host, job, v) ("v", x)', ['{zone="a"} 3', '{zone="b"} 1']],
  ['count_values("zone", x)', ['{zone="1"} 3', '{zone="2"} 1']],
])('what a label of counted values takes the place of tells nothing apart: %s', (text, rows) => {
  const series = minutes(['x{host="a",job="p",zone="a"}', '1'], ['x{host="b",job="p",zone="a"}', '1'], ['x{host="a",job="q",zone="a"}', '1'], ['x{host="a",job="q",zone="b"}', '2'])
  expect(shown(evaluate(text, series, 0)).toSorted()).toEqual(rows)
})

describe('refused at the data', () => {
  const series = minutes(['x{h="a",k="1"}', '1'], ['x{h="a",k="2"}', '2'], ['y{h="a",k="1"}', '5'], ['z{h="a",k="3"}', '5'])
  test.each([
    ['abs({__name__=~"x|y"})', 'vector cannot contain metrics with the same labelset'],
    ['x + on(h) x', /^found duplicate series for the match group \{h="a"\} on the right hand-side of the operation: \[x\{h="a", k="2"\}, x\{h="a", k="1"\}\];many-to-many matching not allowed/],
    ['x + on(h) y', 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'],
    ['x + on(h) group_left(k) z', 'multiple matches for labels: grouping labels must ensure unique matches'],
    ['topk(NaN, x)', 'Scalar value NaN cannot be converted to a number of series'],
    ['label_replace(x, "k", "", "k", ".*")', 'vector cannot contain metrics with the same labelset'],
    ['sum_over_time(vector(1)[5y:1s])', 'query processing would load too many samples into memory in query execution'],
  ])('%s', (text, message) => {
    const run = () => new Evaluation(parsePromql(text), series, new Budget({ total: 1e5, instant: 1e5 })).at(0)
    expect(run).toThrow(message)
  })
})
