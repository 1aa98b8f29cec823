import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { LogLine } from '../patterns/log-line.ts'
import { parseEmf, type EmfResult } from './parse-emf.ts'

const NOW = epochMillis(1_574_109_800_000)
const AT = 1_574_109_732_004
const parse = (message: string): EmfResult | undefined => parseEmf(new LogLine(message), NOW)

/** A document with one directive, whose parts may be replaced. */
const document = (directive: object, root: object = {}, metadata: object = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: AT,
      CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['a']], Metrics: [{ Name: 'm' }], ...directive }],
      ...metadata,
    },
    a: 'x',
    m: 1,
    ...root,
  })

test("the user guide's example", () => {
  const message =
    '{"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"lambda-function-metrics","Dimensions":[["functionVersion"]],' +
    '"Metrics":[{"Name":"time","Unit":"Milliseconds","StorageResolution":60}]}]},"functionVersion":"$LATEST","time":100,"requestId":"989ffbf8"}'
  expect(parse(message)).toEqual({
    samples: [
      {
        metric: { namespace: 'lambda-function-metrics', name: 'time', dimensions: [{ name: 'functionVersion', value: '$LATEST' }] },
        unit: 'Milliseconds',
        values: [100],
        timestamp: AT,
        resolution: 60,
      },
    ],
    parsingErrors: 0,
    validationErrors: 0,
    entity: undefined,
  })
})

test('each set of dimensions makes a metric of its own, each number of an array a sample', () => {
  const { samples } = parse(document({ Dimensions: [['a'], []] }, { m: [1, 2] }))!
  expect(samples.map(({ metric, values }) => [metric.dimensions, values])).toEqual([
    [[{ name: 'a', value: 'x' }], [1, 2]],
    [[], [1, 2]],
  ])
})

test('dimensions are sorted, defaults are None and a minute, high resolution is kept', () => {
  const metrics = [{ Name: 'm' }, { Name: 'f', Unit: 'Bytes', StorageResolution: 1, Other: true }]
  const { samples } = parse(document({ Dimensions: [['b', 'a']], Metrics: metrics }, { b: 'y', f: 2.5 }))!
  expect(samples.map(({ metric, unit, resolution }) => [metric.name, metric.dimensions.map(({ name }) => name), unit, resolution])).toEqual([
    ['m', ['a', 'b'], 'None', 60],
    ['f', ['a', 'b'], 'Bytes', 1],
  ])
})

test('names are literal: a dot is no path', () => {
  const directive = { Dimensions: [['A.a']], Metrics: [{ Name: 'B.b' }] }
  expect(parse(document(directive, { 'A.a': 'x', 'B.b': 3 }))!.samples).toHaveLength(1)
  expect(parse(document(directive, { A: { a: 'x' }, B: { b: 3 } }))).toMatchObject({ samples: [], validationErrors: 2 })
  expect(parse(document({ Dimensions: [['constructor']], Metrics: [{ Name: 'toString' }] }))).toMatchObject({ samples: [], validationErrors: 2 })
})

describe('what does not claim to be in the format', () => {
  test.each(['', 'x', '{"a":1}', '{"text":"\\"_aws\\""}', '["_aws"]', '{"a":{"_aws":{}}}', 'INFO {"_aws":{}}', '{"_AWS":{}}'])('%s', message => {
    expect(parse(message)).toBeUndefined()
  })
})

describe('parsing errors', () => {
  test.each([
    '{"_aws":{"Timestamp":1',
    '{"_aws":{}} trailing',
    '{"_aws":7}',
    '{"_aws":[]}',
    '{"_aws":null}',
    `{"_aws":{"Timestamp":${AT}}}`,
    '{"_aws":{"CloudWatchMetrics":[]}}',
    '{"_aws":{"Timestamp":"2019-11-18","CloudWatchMetrics":[]}}',
    `{"_aws":{"Timestamp":${AT},"CloudWatchMetrics":{}}}`,
  ])('%s', message => {
    expect(parse(message)).toEqual({ samples: [], parsingErrors: 1, validationErrors: 0, entity: undefined })
  })
})

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `d${index}`)
const values = (count: number): Readonly<Record<string, string>> => Object.fromEntries(names(count).map(name => [name, 'x']))

describe('validation errors leave out what is wrong, and nothing else', () => {
  test.each<[string, string, number, number]>([
    ['no namespace', document({ Namespace: undefined }), 0, 1],
    ['an empty namespace', document({ Namespace: '' }), 0, 1],
    ['a long namespace', document({ Namespace: 'n'.repeat(256) }), 0, 1],
    ['no dimensions', document({ Dimensions: undefined }), 0, 1],
    ['no set of dimensions', document({ Dimensions: [] }), 0, 1],
    ['a set that is none', document({ Dimensions: ['a', ['a']] }), 1, 1],
    ['30 dimensions', document({ Dimensions: [names(30)] }, values(30)), 1, 0],
    ['31 dimensions', document({ Dimensions: [names(31), ['a']] }, values(31)), 1, 1],
    ['a dimension twice', document({ Dimensions: [['a', 'a'], ['a']] }), 1, 1],
    ['a dimension that is missing', document({ Dimensions: [['b'], ['a']] }), 1, 1],
    ['a dimension that is a number', document({ Dimensions: [['a'], ['m']] }), 1, 1],
    ['a dimension that is too long', document({}, { a: 'x'.repeat(1025) }), 0, 1],
    ['a dimension of 1024 characters', document({}, { a: 'x'.repeat(1024) }), 1, 0],
    ['an empty dimension', document({}, { a: '' }), 0, 1],
    ['no metrics', document({ Metrics: undefined }), 0, 1],
    ['100 metrics', document({ Metrics: Array(100).fill({ Name: 'm' }) }), 100, 0],
    ['101 metrics', document({ Metrics: Array(101).fill({ Name: 'm' }) }), 0, 1],
    ['a metric that is missing', document({ Metrics: [{ Name: 'm' }, { Name: 'z' }] }), 1, 1],
    ['a metric without a name', document({ Metrics: [{ Name: 'm' }, {}, 7] }), 1, 2],
    ['a metric that is a text', document({}, { m: '1' }), 0, 1],
    ['an array with a text', document({}, { m: [1, '2'] }), 0, 1],
    ['an empty array', document({}, { m: [] }), 0, 1],
    ['100 numbers', document({}, { m: Array(100).fill(1) }), 1, 0],
    ['101 numbers', document({}, { m: Array(101).fill(1) }), 0, 1],
    ['a number that cannot be stored', document({}, { m: 1e200 }), 0, 1],
    ['a unit that is none', document({ Metrics: [{ Name: 'm', Unit: 'Furlongs' }] }), 0, 1],
    ['a resolution that is none', document({ Metrics: [{ Name: 'm', StorageResolution: 5 }] }), 0, 1],
    ['a directive that is none', document({}, {}, { CloudWatchMetrics: [7, null] }), 0, 2],
    ['too old', document({}, {}, { Timestamp: NOW - 15 * 86_400_000 }), 0, 1],
    ['too new', document({}, {}, { Timestamp: NOW + 3 * 3_600_000 }), 0, 1],
    ['too much', document({ Dimensions: Array(101).fill(['a']), Metrics: Array(100).fill({ Name: 'm' }) }), 10_000, 1],
  ])('%s', (_name, message, samples, validationErrors) => {
    const result = parse(message)!
    expect([result.samples.length, result.validationErrors, result.parsingErrors]).toEqual([samples, validationErrors, 0])
  })
})

test('the entity that a document names', () => {
  expect(parse(document({}, { Service: 's', Environment: 'e' }))!.entity).toEqual({ kind: 'service', name: 's', environment: 'e' })
  expect(parse(document({}, { ResourceType: 't', Identifier: 'i' }))!.entity).toEqual({ kind: 'resource', resourceType: 't', identifier: 'i' })
  expect(parse(document({}, { Service: 's', Environment: 7 }))!.entity).toBeUndefined()
})

test('any JSON in any place gives numbers and no exception', () => {
  const json = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(json, json, json, json, json, (namespace, dimensions, metrics, a, m) => {
      for (const message of [
        document({ Namespace: namespace }, { a, m }),
        document({ Dimensions: dimensions }, { a, m }),
        document({ Metrics: metrics }, { a, m }),
        document({}, {}, { CloudWatchMetrics: metrics, Timestamp: a }),
        JSON.stringify({ _aws: namespace }),
      ]) {
        const result = parse(message)!
        expect(result.samples.every(({ values }) => values.length > 0 && values.every(Number.isFinite))).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})
