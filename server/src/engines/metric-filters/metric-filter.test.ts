import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, type EpochMillis } from '../../base/time.ts'
import { compilePattern } from '../patterns/compile-pattern.ts'
import { LogLine } from '../patterns/log-line.ts'
import { DimensionBudget } from './dimension-budget.ts'
import { compileMetricFilter, type FilterOutcome, type MetricFilter } from './metric-filter.ts'
import { MinuteMatches } from './minute-matches.ts'
import { readTransformation, TransformationProblem, type TransformationInput } from './transformation.ts'

const SOURCE = { account: accountId('123456789012'), region: region('eu-west-1') }
const AT = epochMillis(1_600_000_000_000)

const filter = (pattern: string, transformation: TransformationInput, systemFields: readonly string[] = []): MetricFilter => {
  const compiled = compilePattern(pattern)
  const full = { metricNamespace: 'N', metricName: 'm', ...transformation }
  return compileMetricFilter(compiled, readTransformation(full, compiled, systemFields), SOURCE)
}
const ask = (asked: MetricFilter, message: string, at: EpochMillis = AT): FilterOutcome => asked.ask(new LogLine(message), at)
const value = (outcome: FilterOutcome): unknown => (typeof outcome === 'string' ? outcome : outcome.values)

test('1: the numbers of the events that match', () => {
  const latency = filter('{ $.latency > 100 }', { metricValue: '$.latency', unit: 'Milliseconds' })
  expect([50, 150, 250].map(number => value(ask(latency, JSON.stringify({ latency: number }))))).toEqual(['no match', [150], [250]])
  expect(ask(latency, '{"latency":150}')).toEqual({
    metric: { namespace: 'N', name: 'm', dimensions: [] },
    unit: 'Milliseconds',
    values: [150],
    timestamp: AT,
    resolution: 60,
  })
})

test('2: a default value for minutes with events and without a match', () => {
  const errors = filter('ERROR', { metricValue: '1', defaultValue: 0 })
  const minutes = new MinuteMatches()
  const sums = new Map<number, number>()
  const arrive = (at: number, messages: readonly string[]): void => {
    const outcomes = messages.map(message => ask(errors, message))
    for (const outcome of outcomes) if (typeof outcome !== 'string') sums.set(at, (sums.get(at) ?? 0) + outcome.values[0]!)
    minutes.saw(epochMillis(at), outcomes.some(outcome => outcome !== 'no match'))
  }
  arrive(60_000, ['ERROR', 'x', 'ERROR 2'])
  arrive(119_999, ['x', 'ERROR'])
  arrive(120_000, ['x', 'x', 'x'])
  arrive(150_000, ['x'])
  expect(sums).toEqual(new Map([[60_000, 2], [119_999, 1]]))
  expect(minutes.take(epochMillis(179_999))).toEqual([])
  expect(minutes.take(epochMillis(240_000))).toEqual([120])
  expect(minutes.take(epochMillis(300_000))).toEqual([])
  expect(errors.defaultFor(epochSeconds(120))).toMatchObject({ values: [0], timestamp: 120_000 })
})

test('2: a minute in which a match came first has none, and minutes come in order', () => {
  const minutes = new MinuteMatches()
  minutes.saw(epochMillis(180_000), false)
  minutes.saw(epochMillis(60_000), true)
  minutes.saw(epochMillis(61_000), false)
  minutes.saw(epochMillis(120_000), false)
  expect(minutes.take(epochMillis(1_000_000))).toEqual([120, 180])
})

test('3: fields as value and dimensions', () => {
  const sizes = filter('[ip, id, user, ts, request, status_code = 4*, size]', { metricValue: '$size', dimensions: { Status: '$status_code' } })
  const line = (status: number): string => `127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" ${status} 1534`
  expect(ask(sizes, line(404))).toMatchObject({ values: [1534], metric: { dimensions: [{ name: 'Status', value: '404' }] } })
  expect(ask(sizes, line(200))).toBe('no match')
})

describe('4: what gives no value', () => {
  test.each([
    ['{ $.latency = * }', { metricValue: '$.latency' }, '{"latency":"slow"}', 'no value'],
    ['{ $.latency = * }', { metricValue: '$.latency' }, '{"latency":true}', 'no value'],
    ['{ $.latency = * }', { metricValue: '$.other' }, '{"latency":1}', 'no value'],
    ['{ $.latency = * }', { metricValue: '$.latency' }, '{"latency":1e300}', 'no value'],
    ['{ $.latency = * }', { metricValue: '$.latency' }, '{"latency":"12.5"}', [12.5]],
    ['{ $.latency = * }', { metricValue: '$.latency' }, '{"latency":-1e3}', [-1000]],
    ['{ $.latency = * }', { metricValue: '1', dimensions: { User: '$.user' } }, '{"latency":1}', 'no value'],
    ['{ $.latency = * }', { metricValue: '1', dimensions: { User: '$.user' } }, '{"latency":1,"user":""}', 'no value'],
    ['{ $.latency = * }', { metricValue: '1', dimensions: { User: '$.user' } }, '{"latency":1,"user":"é"}', 'no value'],
    ['{ $.latency = * }', { metricValue: '1', dimensions: { User: '$.user' } }, '{"latency":1,"user":7}', [1]],
    ['[ip, size]', { metricValue: '$size' }, 'x y', 'no value'],
    ['ERROR', { metricValue: '-2.5' }, 'ERROR', [-2.5]],
    ['', { metricValue: '1' }, 'anything', [1]],
  ])('%s %j on %s', (pattern, transformation, message, expected) => {
    expect(value(ask(filter(pattern, transformation), message))).toEqual(expected)
  })
})

test('dimensions are sorted, system fields among them', () => {
  const both = filter('{ $.a = * }', { metricValue: '1', dimensions: { Zone: '$.z', '@a': '$.a' } }, ['@aws.region'])
  expect(ask(both, '{"a":"x","z":"y"}')).toMatchObject({
    metric: { dimensions: [{ name: '@a', value: 'x' }, { name: '@aws.region', value: 'eu-west-1' }, { name: 'Zone', value: 'y' }] },
  })
  const plain = filter('ERROR', { metricValue: '1', defaultValue: 0 }, ['@aws.account'])
  expect(plain.defaultFor(epochSeconds(60))).toMatchObject({ metric: { dimensions: [{ name: '@aws.account', value: '123456789012' }] } })
  expect(filter('ERROR', { metricValue: '1' }).defaultFor(epochSeconds(60))).toBeUndefined()
})

describe('refusals', () => {
  const json = '{ $.a = * }'
  test.each<[string, string, TransformationInput, string]>([
    ['dimensions of terms', '?ERROR ?WARN', { metricValue: '1', dimensions: { a: '$.a' } }, 'The specified filter pattern does not support dimensions'],
    ['both', json, { metricValue: '1', dimensions: { a: '$.a' }, defaultValue: 0 }, 'Invalid metric transformation: dimensions and default value are mutually exclusive properties'],
    ['a literal dimension', json, { metricValue: '1', dimensions: { a: 'VPC-A' } }, 'Invalid metric transformation: dimension value must be valid selector'],
    ['a field that is not there', '[x]', { metricValue: '1', dimensions: { a: '$y' } }, 'Invalid metric transformation: dimension value must be valid selector'],
    ['a name of a dimension', json, { metricValue: '1', dimensions: { ':a': '$.a' } }, 'Invalid metric transformation: dimension name is not valid'],
    ['four dimensions', json, { metricValue: '1', dimensions: { a: '$.a', b: '$.a', c: '$.a', d: '$.a' } }, 'Invalid metric transformation: a metric filter has at most 3 dimensions'],
    ['a value without $', '[length]', { metricValue: 'length' }, 'Invalid metric transformation: metric value must be a valid number or a selector of the filter pattern'],
    ['a selector of terms', 'ERROR', { metricValue: '$.a' }, 'Invalid metric transformation: metric value must be a valid number or a selector of the filter pattern'],
    ['an infinite value', 'ERROR', { metricValue: '1e999' }, 'Invalid metric transformation: metric value must be a valid number or a selector of the filter pattern'],
    ['no value', 'ERROR', {}, 'Invalid metric transformation: metric value must be a valid number or a selector of the filter pattern'],
    ['an infinite default', 'ERROR', { metricValue: '1', defaultValue: Number.POSITIVE_INFINITY }, 'Invalid metric transformation: default value must be a valid number'],
    ['no name', 'ERROR', { metricName: '', metricValue: '1' }, 'Invalid metric transformation: metric name is not valid'],
    ['a namespace', 'ERROR', { metricNamespace: ':x', metricValue: '1' }, 'Invalid metric transformation: metric namespace is not valid'],
    ['a unit', 'ERROR', { unit: 'Furlongs', metricValue: '1' }, 'Invalid metric transformation: unit is not valid'],
  ])('%s', (_name, pattern, transformation, message) => {
    expect(() => filter(pattern, transformation)).toThrow(new TransformationProblem(message))
  })

  test('system fields', () => {
    expect(() => filter('x', { metricValue: '1' }, ['@aws.organization'])).toThrow(TransformationProblem)
    expect(() => filter('x', { metricValue: '1' }, ['@aws.region', '@aws.region'])).toThrow(TransformationProblem)
    expect(() => filter(json, { metricValue: '1', dimensions: { a: '$.a', b: '$.a' } }, ['@aws.region', '@aws.account'])).toThrow(/at most 3/)
  })
})

test('a thousand different dimensions within an hour are too many', () => {
  const budget = new DimensionBudget()
  const admits = (number: number, at: number): boolean => budget.admits([{ name: 'id', value: String(number) }], epochMillis(at))
  for (let number = 1; number < 1000; number++) expect(admits(number, number)).toBe(true)
  expect(admits(999, 1000)).toBe(true)
  expect(admits(1000, 3_600_000)).toBe(false)
  expect(admits(1001, 3_600_001)).toBe(true)
})
