import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../../../store/telemetry/telemetry.test-support.ts'
import { asNumber, numberValue, type Value } from '../../values.ts'
import { bound, NONE, number, period, ROW_CONTEXT, ROW_FIELD, shownOver } from '../functions.test-support.ts'

const telemetry = await scratchTelemetry()

const of = (name: string, rest: readonly Value[] = [], field = ROW_FIELD): Value =>
  bound(name, name === 'topk' ? [...rest, field] : [field, ...rest], ROW_CONTEXT)

type Row = readonly [name: string, rest: readonly Value[], rows: readonly string[], shown: string | null]

const ROWS: readonly Row[] = [
  ['count', [], [NONE, 'a', ''], '2'], ['count', [], [], null], ['count_distinct', [], ['a', 'A', 'a', '', NONE], '3'], ['count_distinct', [], [], null],
  ['sum', [], ['1', 'x', NONE, '-2.5'], '-1.5'], ['sum', [], [], null], ['sum', [], ['1.7e308', '1.7e308'], null], ['sum', [], ['inf', '1'], '1'],
  ['avg', [], ['1', '2', 'nan'], '1.5'], ['avg', [], ['x'], null], ['avg', [], ['1.7e308', '1.7e308'], null],
  ['max', [], ['9', '10', 'z'], '10'], ['max', [], ['é', 'z', NONE], 'é'], ['max', [], ['-1', '-2'], '-1'], ['max', [], [], null],
  ['min', [], ['9', '10', 'a'], '9'], ['min', [], ['b', 'B'], 'B'], ['min', [], ['', 'a'], ''], ['min', [], [NONE], null],
  ['median', [], ['1', '2', '3', '10'], '2.5'], ['median', [], ['7'], '7'], ['median', [], ['x'], null],
  ['pct', [number(0)], ['3', '1'], '1'], ['pct', [number(99)], ['1', '2'], '1.99'], ['percentile', [number(25)], ['1', '2', '3', '4', '5'], '2'],
  ['stddev', [], ['5'], '0'], ['stddev', [], ['1000000001', '1000000003'], '1'], ['stddev', [], [], null], ['variance', [], ['1', '3', 'x'], '1'], ['variance', [], ['1e308', '-1e308'], null],
  ['earliest', [], [NONE, 'b', 'a'], 'b'], ['latest', [], ['a', 'b', NONE], 'b'], ['latest', [], [], null],
  ['values', [], ['b', 'a', 'b', NONE, '10', '9.5', 'say "a"'], '[9.5,10,"a","b","say \\"a\\""]'], ['values', [], [], null],
  ['topk', [number(2)], ['b', 'a', 'c', 'c', 'a', NONE], '["a","c"]'], ['topk', [number(9)], ['1'], '[1]'], ['topk', [number(1)], [], null],
  ['rate', [period(1, 's')], ['10', NONE, '30'], '10'], ['rate', [period(2, 'm')], ['5', '4'], '-120'], ['rate', [period(1, 's')], ['10'], null], ['rate', [period(1, 's')], [NONE, 'x'], null], ['rate', [period(1, 'h')], ['-1.7e308', '1.7e308'], null],
  ['countOverTime', [], ['a', NONE], '1'], ['sum_over_time', [], ['1', '2'], '3'],
  ['histogram', [number(2)], ['-1', '0', '1'], '{"-1..0":1,"0..1":2}'], ['histogram', [number(1)], ['1', '3'], '{"1..3":2}'], ['histogram', [number(2)], ['-1.7e308', '1.7e308'], '{"-1.7e308..0":1,"0..1.7e308":1}'], ['histogram', [number(4)], [], null],
  ['sortsFirst', [], ['2', '10', 'b', 'a10', 'a9'], 'a9'], ['sortsLast', [], ['2', '10', 'b', 'a10', 'a9'], '10'], ['sortsLast', [], ['a10', 'a9', NONE], 'a10'], ['sortsFirst', [], [], null],
]

test('aggregations at their edges', async () => {
  const shown = await shownOver(telemetry, ROWS.map(([name, rest, rows]) => [of(name, rest), rows]))
  expect(shown.map((value, index) => [ROWS[index]![0], ROWS[index]![2], value])).toEqual(ROWS.map(([name, , rows, value]) => [name, rows, value]))
})

test('numbers give numbers', async () => {
  const field = numberValue(asNumber(ROW_FIELD))
  const rows = ['9', '10', 'x']
  expect(await shownOver(telemetry, ['max', 'sortsFirst', 'values'].map(name => [of(name, [], field), rows]))).toEqual(['10', '9', '[9,10]'])
})

// AWS's example of its order.
test('sortsFirst takes value after value in the documented order', async () => {
  const order = ['!:', '#', '*%04', '0#', '5A', '111A', '2345_', '@', '@_', 'A', 'A9876fghj', 'a12345hfh', '0', '01', '1', '2', '3']
  expect(await shownOver(telemetry, order.map((_, from) => [of('sortsFirst'), order.slice(from).toReversed()]))).toEqual(order)
})

test('a histogram has every number in one of its ranges', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 10 }), async (numbers, buckets) => {
    const [shown] = await shownOver(telemetry, [[of('histogram', [number(buckets)]), numbers.map(String)]])
    const counts = Object.values(JSON.parse(shown!) as Record<string, number>)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(numbers.length)
  }), { numRuns: 10 })
})
