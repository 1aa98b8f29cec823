import { expect, test } from 'vitest'
import { loners, toColumns, verticalRange } from './series.ts'

const series = (period: number, ...points: [number, number][]) => ({
  label: 's', period, points: points.map(([at, value]) => ({ at, value })),
})

test('a missing period breaks the line', () => {
  expect(toColumns([series(60, [0, 1], [60, 2], [240, 3])])).toEqual([[0, 60, 120, 240], [1, 2, null, 3]])
})

test('a series of a longer period is not broken by the points of a shorter one', () => {
  expect(toColumns([series(60, [0, 1], [60, 2], [120, 3]), series(120, [0, 10], [120, 20])])).toEqual([
    [0, 60, 120], [1, 2, 3], [10, undefined, 20],
  ])
})

test('points without a neighbour are loners', () => {
  expect(loners([1, null, 2, 3, null, 4])).toEqual([0, 5])
  expect(loners([1, undefined, 2])).toEqual([])
  expect(loners([7])).toEqual([0])
})

test.each<[string, number | null, number | null, number | undefined, [number, number]]>([
  ['nothing', null, null, undefined, [0, 1]],
  ['one value', 50, 50, undefined, [0, 62.5]],
  ['zeros', 0, 0, undefined, [0, 1]],
  ['a small share of a percentage', 10, 50, undefined, [0, 53.2]],
  ['values far from zero', 95, 100, undefined, [94.6, 100.4]],
  ['a threshold above the values', 10, 20, 80, [0, 85.6]],
  ['a threshold and no value', null, null, 80, [0, 100]],
  ['negative values', -50, -10, undefined, [-53.2, 0]],
])('%s', (_name, low, high, threshold, range) => {
  const [bottom, top] = verticalRange(low, high, threshold)
  expect(bottom).toBeCloseTo(range[0], 6)
  expect(top).toBeCloseTo(range[1], 6)
})
