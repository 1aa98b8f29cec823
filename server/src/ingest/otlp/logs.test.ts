import { BinaryWriter } from '@bufbuild/protobuf/wire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { otlpMessages, otlpPlace } from './log-event.ts'
import { readJsonLogs } from './logs-json.ts'
import { readProtobufLogs } from './logs-protobuf.ts'

type Field = readonly [number: number, value: string | bigint | number | boolean | Uint8Array | readonly Field[], type?: 'fixed64' | 'double' | 'fixed32']

/** Protobuf written by hand: texts, bytes and messages by length, integers as varints. */
const message = (fields: readonly Field[]): Uint8Array => {
  const writer = new BinaryWriter()
  for (const [number, value, type] of fields) {
    if (type === 'fixed64') writer.tag(number, 1).fixed64(value as bigint)
    else if (type === 'double') writer.tag(number, 1).double(value as number)
    else if (type === 'fixed32') writer.tag(number, 5).fixed32(value as number)
    else if (typeof value === 'string') writer.tag(number, 2).string(value)
    else if (typeof value === 'bigint' || typeof value === 'number') writer.tag(number, 0).int64(value)
    else if (typeof value === 'boolean') writer.tag(number, 0).bool(value)
    else writer.tag(number, 2).bytes(value instanceof Uint8Array ? value : message(value))
  }
  return writer.finish()
}

const attribute = (key: string, value: Field): Field => [1, [[1, key], [2, [value]]]]
const SPAN = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

/** The same request in both forms: that of https://github.com/open-telemetry/opentelemetry-proto/blob/main/examples/logs.json, and what it lacks. */
const PROTOBUF = message([[1, [
  [1, [attribute('service.name', [1, 'my.service'])]],
  [2, [
    [1, [[1, 'my.library'], [2, '1.0.0'], [3, [[1, 'my.scope.attribute'], [2, [[1, 'some scope attribute']]]]]]],
    [2, [
      [1, 1_544_712_660_300_000_000n, 'fixed64'],
      [11, 1_544_712_660_300_000_000n, 'fixed64'],
      [2, 10],
      [3, 'Information'],
      [5, [[1, 'Example log record']]],
      [9, Buffer.from(SPAN.traceId, 'hex')],
      [10, Buffer.from(SPAN.spanId, 'hex')],
      [8, 1, 'fixed32'],
      [7, 2],
      ...([
        ['string', [1, 'some string']], ['boolean', [2, true]], ['int', [3, 10n]], ['negative', [3, -10n]], ['large', [3, 9_007_199_254_740_993n]], ['double', [4, 637.704, 'double']],
        ['bytes', [7, Buffer.from('hello')]],
        ['array', [5, [[1, [[1, 'many']]], [1, [[3, 2n]]]]]],
        ['map', [6, [[1, [[1, 'some.map.key'], [2, [[1, 'some value']]]]]]]],
        ['empty', [99, 'of a later version']],
      ] as const).map(([key, value]): Field => [6, [[1, key], [2, [value as Field]]]]),
    ]],
    [3, 'https://opentelemetry.io/schemas/1.30.0'],
  ]],
  [3, 'https://opentelemetry.io/schemas/1.40.0'],
]]])

const JSON_REQUEST = {
  resourceLogs: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] },
    schemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
    scopeLogs: [{
      schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      scope: { name: 'my.library', version: '1.0.0', attributes: [{ key: 'my.scope.attribute', value: { stringValue: 'some scope attribute' } }] },
      logRecords: [{
        timeUnixNano: '1544712660300000000',
        observedTimeUnixNano: '1544712660300000000',
        severityNumber: 10,
        severityText: 'Information',
        traceId: SPAN.traceId.toUpperCase(),
        spanId: SPAN.spanId.toUpperCase(),
        flags: 1,
        droppedAttributesCount: '2',
        body: { stringValue: 'Example log record' },
        attributes: [
          { key: 'string', value: { stringValue: 'some string' } },
          { key: 'boolean', value: { boolValue: true } },
          { key: 'int', value: { intValue: '10' } },
          { key: 'negative', value: { intValue: -10 } },
          { key: 'large', value: { intValue: '9007199254740993' } },
          { key: 'double', value: { doubleValue: 637.704 } },
          { key: 'bytes', value: { bytesValue: 'aGVsbG8=' } },
          { key: 'array', value: { arrayValue: { values: [{ stringValue: 'many' }, { intValue: '2' }] } } },
          { key: 'map', value: { kvlistValue: { values: [{ key: 'some.map.key', value: { stringValue: 'some value' } }] } } },
          { key: 'empty', value: {} },
        ],
        ofALaterVersion: 1,
      }],
    }],
  }],
}
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

test('protobuf and JSON say the same', () => {
  const [logs, ...more] = readProtobufLogs(PROTOBUF)
  expect(more).toEqual([])
  expect(readJsonLogs(json(JSON_REQUEST))).toEqual([logs])
  expect(JSON.parse(otlpMessages(logs!)(logs!.records[0]!))).toEqual({
    resource: { attributes: { 'service.name': 'my.service' }, schemaUrl: 'https://opentelemetry.io/schemas/1.40.0' },
    scope: { name: 'my.library', version: '1.0.0', attributes: { 'my.scope.attribute': 'some scope attribute' }, schemaUrl: 'https://opentelemetry.io/schemas/1.30.0' },
    timeUnixNano: 1_544_712_660_300_000_000,
    observedTimeUnixNano: 1_544_712_660_300_000_000,
    severityNumber: 10,
    severityText: 'Information',
    body: 'Example log record',
    attributes: {
      string: 'some string', boolean: true, int: 10, negative: -10, large: '9007199254740993', double: 637.704, bytes: 'aGVsbG8=',
      array: ['many', 2], map: { 'some.map.key': 'some value' }, empty: null,
    },
    droppedAttributesCount: 2,
    flags: 1,
    traceId: SPAN.traceId,
    spanId: SPAN.spanId,
  })
})

test('a record is told as CloudWatch tells it, digit by digit', () => {
  // What its endpoint made of a record of the collector's telemetrygen.
  const [logs] = readJsonLogs(json({ resourceLogs: [{
    resource: { attributes: [{ key: 'key1', value: { stringValue: 'value1' } }, { key: 'service.name', value: { stringValue: 'telemetrygen' } }] },
    schemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
    scopeLogs: [{ scope: {}, logRecords: [{
      timeUnixNano: '1787076294698458273', severityNumber: 9, severityText: 'Info', body: { stringValue: 'the message' }, attributes: [{ key: 'app', value: { stringValue: 'server' } }],
    }] }],
  }] }))
  expect(otlpMessages(logs!)(logs!.records[0]!)).toBe(
    '{"resource":{"attributes":{"key1":"value1","service.name":"telemetrygen"},"schemaUrl":"https://opentelemetry.io/schemas/1.40.0"},"scope":{},"timeUnixNano":1787076294698458273,' +
      '"observedTimeUnixNano":0,"severityNumber":9,"severityText":"Info","body":"the message","attributes":{"app":"server"},"traceId":"","spanId":""}',
  )
})

const bodyOf = (body: unknown): unknown => {
  const [logs] = readJsonLogs(json({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] }))
  const message = otlpMessages(logs!)(logs!.records[0]!)
  return /"severityText":"",(?:"body":(.*),)?"attributes"/.exec(message)?.[1] ?? message
}

test.each([
  ['a text', { stringValue: 'a' }, '"a"'],
  ['a structure', { kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }, { key: '__proto__', value: { intValue: '2' } }] } }, '{"a":1,"__proto__":2}'],
  ['nothing', undefined, '{"resource":{"attributes":{}},"scope":{},"timeUnixNano":0,"observedTimeUnixNano":0,"severityNumber":0,"severityText":"","attributes":{},"traceId":"","spanId":""}'],
  ['zero', { intValue: 0 }, '0'],
  ['no number', { doubleValue: 'NaN' }, '"NaN"'],
  ['a number that JSON has not', { doubleValue: null }, 'null'],
  ['an integer that is null', { intValue: null }, 'null'],
  ['metrics', { stringValue: '{"_aws":{"CloudWatchMetrics":[]}}' }, '{"_aws":{"CloudWatchMetrics":[]}}'],
  ['metrics as a structure', { kvlistValue: { values: [{ key: '_aws', value: { kvlistValue: { values: [] } } }] } }, '{"_aws":{}}'],
])('a body of %s', (_, body, text) => expect(bodyOf(body)).toBe(text))

test.each([
  [{}, '/otlp/unknown_service', 'default'],
  [{ 'service.name': 'shop', 'host.name': 'h' }, '/otlp/shop', 'h'],
  [{ 'service.name': 'shop', 'service.instance.id': 'i', 'host.name': 'h' }, '/otlp/shop', 'i'],
  [{ 'service.name': 'shop', 'aws.log.group.names': ['/g', '/other'], 'aws.log.stream.names': ['s'] }, '/g', 's'],
])('the resource %j goes to %s, %s', (attributes, group, stream) => expect(otlpPlace({ attributes, schemaUrl: '' })).toEqual({ group, stream }))

const nested = (levels: number): Field => (levels === 0 ? [1, 'a'] : [5, [[1, [nested(levels - 1)]]]])

test.each([
  ['no protobuf', Buffer.from('not protobuf at all'), readProtobufLogs],
  ['cut protobuf', PROTOBUF.subarray(0, PROTOBUF.length - 3), readProtobufLogs],
  ['values nested too deeply', message([[1, [[2, [[2, [[5, [nested(100)]]]]]]]]]), readProtobufLogs],
  ['no JSON', Buffer.from('{'), readJsonLogs],
  ['JSON of another kind', Buffer.from('[]'), readJsonLogs],
  ['a time that is none', json({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 'now' }] }] }] }), readJsonLogs],
  ['deep JSON', Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(200)}${']}}'.repeat(200)}}]}]}]}`), readJsonLogs],
  ['a bomb of values', message([[1, [[2, [[2, [[5, [[5, Buffer.alloc(2_200_000, Buffer.from([10, 0]))]]]]]]]]]]), readProtobufLogs],
])('%s is refused', (_, body, read) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ name: 'BadOtlp' }))
})

test('whatever comes, either it is read or refused', () => {
  const flip = fc.array(fc.tuple(fc.nat(PROTOBUF.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  fc.assert(fc.property(flip, changes => {
    const bytes = Uint8Array.from(PROTOBUF)
    for (const [at, value] of changes) bytes[at] = value
    try {
      for (const logs of readProtobufLogs(bytes)) for (const record of logs.records) JSON.parse(otlpMessages(logs)(record))
    } catch (error) {
      expect(error).toMatchObject({ name: 'BadOtlp' })
    }
  }), { numRuns: 1000 })
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), text => {
    try {
      readJsonLogs(Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${text},{"attributes":${text},"body":${text}}]}]}]}`))
    } catch (error) {
      expect(error).toMatchObject({ name: 'BadOtlp' })
    }
  }), { numRuns: 300 })
})
