import type { MetricDatum } from '@aws-sdk/client-cloudwatch'
import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../src/base/entropy.ts'
import { accountId, region } from '../src/base/tenancy.ts'
import { epochMillis } from '../src/base/time.ts'
import { CborScanner } from '../src/ingest/put-metric-data/cbor.ts'
import { putMetricDataDecoder } from '../src/ingest/put-metric-data/decode.ts'
import { JsonScanner } from '../src/ingest/put-metric-data/json.ts'
import { QueryScanner } from '../src/ingest/put-metric-data/query.ts'
import { SeriesCaches } from '../src/ingest/put-metric-data/series-caches.ts'
import { validate } from '../src/ingest/put-metric-data/validate.ts'
import { MetricColumns } from '../src/model/metric-columns.ts'
import type { MetricProtocol } from '../src/model/metric-intake.ts'
import { UNITS } from '../src/model/metric.ts'
import { SeriesIndex } from '../src/store/head/series-index.ts'
import { decodePutMetricData as general } from '../src/server/aws/put-metric-data-door.ts'
import { Fault } from '../src/wire/fault.ts'
import { cborBody, dimension, jsonBody, type PutInput, queryBody } from './put-metric-data-bodies.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }
const receivedAt = epochMillis(Date.UTC(2026, 10, 21, 9, 30, 20, 500))
const rowsOf = (columns: MetricColumns): unknown => ({
  points: Array.from({ length: columns.points }, (_, row) =>
    [columns.series[row], columns.seconds[row], columns.resolution[row], columns.value[row], columns.count[row]]),
  sets: Array.from({ length: columns.sets }, (_, row) =>
    [columns.setSeries[row], columns.setSeconds[row], columns.setResolution[row], columns.setCount[row], columns.setSum[row], columns.setMinimum[row], columns.setMaximum[row]]),
})

/** Both ways over one series index, so that equal series have equal numbers. */
const bench = () => {
  const index = new SeriesIndex()
  const caches = new SeriesCaches(seededEntropy(7))
  const scanners = { json: new JsonScanner(index, caches), cbor: new CborScanner(index, caches), query: new QueryScanner(index, caches) }
  const fast = (protocol: MetricProtocol, body: Uint8Array): unknown => {
    const columns = new MetricColumns()
    const namespace = scanners[protocol].scan(tenant, body, receivedAt, columns, () => undefined)
    return namespace === undefined ? undefined : { namespace, ...(rowsOf(columns) as object) }
  }
  const slow = (protocol: MetricProtocol, body: Uint8Array): unknown => {
    const columns = new MetricColumns()
    const { namespace } = validate(general(protocol, body), { tenant, protocol, encoding: 'identity', body, receivedAt }, index, columns, () => undefined)
    return { namespace, ...(rowsOf(columns) as object) }
  }
  return { fast, slow, decode: putMetricDataDecoder(index, general, seededEntropy(8)) }
}

/** Printable ASCII without what ends the fast path (escapes). */
const plainText = (maximum: number): fc.Arbitrary<string> =>
  fc.string({ minLength: 1, maxLength: maximum, unit: fc.constantFrom(...Array.from('abcXYZ019 _-./#&=+%:;<>?@~')) }).map(text => `x${text}`)
const anyNumber = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(value => Math.round(value * 100) / 100),
  fc.double({ min: -(2 ** 360), max: 2 ** 360, noNaN: true }),
  fc.constantFrom(0, -0, 5e-324, 1e22, 1e23, 0.1, 123456789012345680, 2 ** 53, -(2 ** 31), 65504, 1.5),
)
const counts = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1e6, noNaN: true }))
const time = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: receivedAt - 14 * 86_400_000, max: receivedAt + 2 * 3_600_000 }).map(at => new Date(at)),
  fc.integer({ min: -20_000, max: 7_000 }).map(seconds => new Date(Math.floor(receivedAt / 1000 + seconds) * 1000)),
)
const content = fc.oneof(
  fc.record({ Value: anyNumber }),
  fc.array(fc.tuple(anyNumber, counts), { minLength: 1, maxLength: 12 }).chain(pairs =>
    fc.boolean().map(counted => ({ Values: pairs.map(([value]) => value), ...(counted ? { Counts: pairs.map(([, count]) => count) } : {}) })),
  ),
  fc.tuple(fc.integer({ min: 1, max: 99 }), anyNumber, anyNumber, anyNumber).map(([count, sum, a, b]) =>
    ({ StatisticValues: { SampleCount: count, Sum: sum, Minimum: Math.min(a, b), Maximum: Math.max(a, b) } })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([count, value]) =>
    ({ StatisticValues: { SampleCount: count, Sum: count * value, Minimum: value, Maximum: value } })),
)
const datum: fc.Arbitrary<MetricDatum> = fc
  .tuple(
    fc.constantFrom('cpu', 'Request Latency', 'x'.repeat(250)),
    fc.uniqueArray(fc.tuple(fc.constantFrom('Host', 'Service', 'a b', 'path'), plainText(20)), { maxLength: 4, selector: ([name]) => name }),
    time, content, fc.option(fc.constantFrom(...UNITS), { nil: undefined }), fc.option(fc.constantFrom(1, 60), { nil: undefined }),
  )
  .map(([name, dimensions, at, values, unit, resolution]) => ({
    MetricName: name,
    ...(dimensions.length > 0 ? { Dimensions: dimensions.map(([key, value]) => dimension(key, value)) } : {}),
    ...(at === undefined ? {} : { Timestamp: at }),
    ...values,
    ...(unit === undefined ? {} : { Unit: unit }),
    ...(resolution === undefined ? {} : { StorageResolution: resolution }),
  }))
const input: fc.Arbitrary<PutInput> = fc.record({ Namespace: plainText(30), MetricData: fc.array(datum, { minLength: 1, maxLength: 6 }) })

describe('the scanners and the general way give the same columns', () => {
  test('JSON, with white space and members in any order', () => {
    const { fast, slow } = bench()
    fc.assert(fc.property(input, fc.constantFrom('', ' ', '\n\t '), fc.boolean(), (put, space, reversed) => {
      const body = jsonBody(put, space, reversed ? items => items.toReversed() : items => items)
      const answer = fast('json', body)
      expect(answer).toBeDefined()
      expect(answer).toEqual(slow('json', body))
    }), { numRuns: 400 })
  })

  test('CBOR, of known and unknown lengths', () => {
    const { fast, slow } = bench()
    fc.assert(fc.property(input, fc.boolean(), fc.boolean(), (put, indefinite, reversed) => {
      const body = cborBody(put, indefinite, reversed ? items => items.toReversed() : items => items)
      const answer = fast('cbor', body)
      // A name whose head and text are longer than the cache takes is left to the general way.
      if (put.MetricData.every(({ MetricName: name }) => name!.length < 250)) expect(answer).toBeDefined()
      expect(answer ?? slow('cbor', body)).toEqual(slow('cbor', body))
    }), { numRuns: 400 })
  })

  test('query', () => {
    const { fast, slow } = bench()
    fc.assert(fc.property(input, put => {
      const body = queryBody(put)
      const answer = fast('query', body)
      expect(answer).toBeDefined()
      expect(answer).toEqual(slow('query', body))
    }), { numRuns: 400 })
  })

  test('damaged bodies: where a scanner accepts one, the general way accepts it with the same columns', () => {
    const { fast, slow } = bench()
    const damage = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('"{}[],:0.e-&=%')))), { minLength: 1, maxLength: 3 })
    const protocols = { json: jsonBody, cbor: cborBody, query: queryBody }
    fc.assert(fc.property(input, fc.constantFrom('json', 'cbor', 'query'), damage, (put, protocol, changes) => {
      const body = protocols[protocol](put)
      for (const [place, byte] of changes) body[place % body.length] = byte
      const answer = fast(protocol, body)
      if (answer !== undefined) expect(answer).toEqual(slow(protocol, body))
    }), { numRuns: 3000 })
  })
})

/** Requests of one sender: the same few metrics in the same order, whose datums differ in time and value, and here and there in more. */
const alike: fc.Arbitrary<readonly PutInput[]> = fc
  .record({
    hosts: fc.uniqueArray(plainText(20), { minLength: 1, maxLength: 3 }),
    valueAt: fc.constantFrom('first', 'after the time', 'last'),
    content: fc.record(
      { Timestamp: fc.constant(true), Unit: fc.constantFrom(...UNITS), StorageResolution: fc.constantFrom(1, 60) },
      { requiredKeys: [] },
    ),
    requests: fc.array(fc.array(fc.tuple(anyNumber, fc.nat(15_000), fc.option(datum, { nil: undefined, freq: 8 })), { minLength: 2, maxLength: 8 }), {
      minLength: 2, maxLength: 4,
    }),
  })
  .map(({ hosts, valueAt, content: { Timestamp: timed, ...rest }, requests }) =>
    requests.map(rows => ({
      Namespace: 'Fleet',
      MetricData: rows.map(([value, ago, other], row): MetricDatum => other ?? {
        MetricName: 'Latency', Dimensions: [dimension('Host', hosts[row % hosts.length]!)],
        ...(valueAt === 'first' ? { Value: value } : {}), ...(timed === undefined ? {} : { Timestamp: new Date(receivedAt - ago) }),
        ...(valueAt === 'last' ? rest : {}), Value: value, ...rest,
      }),
    })),
  )

describe('datums that are like the one before', () => {
  const bodies = { json: (put: PutInput) => jsonBody(put), spaced: (put: PutInput) => jsonBody(put, ' '), cbor: (put: PutInput) => cborBody(put) }

  test('are read as any other', () => {
    fc.assert(fc.property(alike, fc.constantFrom('json', 'spaced', 'cbor'), (requests, form) => {
      const { fast, slow } = bench()
      const protocol = form === 'cbor' ? 'cbor' : 'json'
      for (const put of requests) {
        const body = bodies[form](put)
        const answer = fast(protocol, body)
        expect(answer ?? slow(protocol, body)).toEqual(slow(protocol, body))
        if (put.MetricData.every(({ MetricName: name }) => name!.length < 250)) expect(answer).toBeDefined()
      }
    }), { numRuns: 600 })
  })

  test('and damaged: what is accepted is what the general way accepts', () => {
    const damage = fc.tuple(fc.noBias(fc.nat(100_000)), fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('"{}[],:0.e-'))))
    fc.assert(fc.property(alike, fc.constantFrom('json', 'spaced', 'cbor'), fc.array(damage, { minLength: 1, maxLength: 2 }), (requests, form, changes) => {
      const { fast, slow } = bench()
      const protocol = form === 'cbor' ? 'cbor' : 'json'
      for (const put of requests) fast(protocol, bodies[form](put))
      for (const put of requests) {
        const body = bodies[form](put)
        for (const [place, byte] of changes) body[place % body.length] = byte
        const answer = fast(protocol, body)
        if (answer !== undefined) expect(answer).toEqual(slow(protocol, body))
      }
    }), { numRuns: 2000 })
  })
})

describe('hostile bodies', () => {
  const put: PutInput = {
    Namespace: 'App',
    MetricData: [
      { MetricName: 'a', Dimensions: [dimension('Host', 'h')], Value: 1.5, Timestamp: new Date(receivedAt), Unit: 'Count', StorageResolution: 1 },
      { MetricName: 'b', Values: [1, 2, 2.5], Counts: [1, 2, 3] },
      { MetricName: 'c', StatisticValues: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 } },
    ],
  }
  const refuse = (protocol: MetricProtocol, body: Uint8Array, encoding: 'identity' | 'gzip' = 'identity'): Fault | undefined => {
    try {
      bench().decode({ tenant, protocol, encoding, body, receivedAt }, new MetricColumns(), () => undefined)
      return undefined
    } catch (error) {
      expect(error).toBeInstanceOf(Fault)
      expect((error as Fault).status).toBeGreaterThanOrEqual(400)
      expect((error as Fault).status).toBeLessThan(500)
      return error as Fault
    }
  }

  test('cut off anywhere', () => {
    for (const [protocol, body] of [['json', jsonBody(put)], ['cbor', cborBody(put)], ['cbor', cborBody(put, true)]] as const) {
      for (let length = 1; length < body.length; length++) expect(refuse(protocol, body.subarray(0, length))).toBeDefined()
    }
    const form = queryBody(put)
    // A form that ends early can still be a whole, smaller request; it must only never fail otherwise than with a fault.
    for (let length = 1; length < form.length; length++) refuse('query', form.subarray(0, length))
  })

  test('gzip cut off, damaged, or not gzip at all', () => {
    const packed = gzipSync(jsonBody(put))
    for (let length = 0; length < packed.length; length++) expect(refuse('json', packed.subarray(0, length), 'gzip')).toBeDefined()
    expect(refuse('json', jsonBody(put), 'gzip')?.code).toBe('SerializationException')
  })

  test('bombs and large bodies stop at the limit', () => {
    expect(refuse('json', gzipSync(Buffer.alloc(200_000_000, 0x20)), 'gzip')).toMatchObject({ code: 'RequestEntityTooLarge', status: 413 })
    expect(refuse('json', Buffer.alloc(10_000_000, 0x20))).toMatchObject({ code: 'RequestEntityTooLarge', status: 413, message: 'Request size 10000000 exceeded 1048576 bytes' })
  })

  test('deep nesting', () => {
    const deep = '['.repeat(400_000)
    expect(refuse('json', Buffer.from(`{"Namespace":"N","MetricData":${deep}`))).toBeDefined()
    expect(refuse('json', Buffer.from(`{"Namespace":"N","MetricData":[{"MetricName":"m","Dimensions":${deep}${']'.repeat(400_000)}}]}`))).toBeDefined()
    expect(refuse('cbor', Buffer.alloc(900_000, 0x81))).toBeDefined()
    expect(refuse('query', Buffer.from(`Action=PutMetricData&Version=2010-08-01&Namespace=N&${'MetricData.member.'.repeat(50_000)}=1`))).toBeDefined()
  })

  test('random changes of a good body', () => {
    fc.assert(fc.property(fc.constantFrom('json', 'cbor', 'query'), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), (protocol, changes) => {
      const body = { json: jsonBody, cbor: cborBody, query: queryBody }[protocol](put)
      for (const [place, byte] of changes) body[place % body.length] = byte
      refuse(protocol, body)
    }), { numRuns: 2000 })
  })
})
