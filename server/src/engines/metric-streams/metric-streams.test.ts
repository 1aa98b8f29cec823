import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { describe, expect, test } from 'vitest'
import { metricStreamArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds } from '../../base/time.ts'
import { UNITS, type MetricIdentity } from '../../model/metric.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import { namedStatistics, streamDatum, type StreamDatum } from './datum.ts'
import { encodeRecord } from './encode-record.ts'
import { otlpUnit } from './otlp-unit.ts'
import { streamSelection } from './selection.ts'

const tenant = { account: accountId('123456789012'), region: region('us-east-1') }
const stream = (change: Partial<MetricStream> = {}): MetricStream => ({
  tenant, arn: metricStreamArn(tenant, 'MyMetricStream'), name: 'MyMetricStream', state: 'running', firehoseArn: 'https://x', roleArn: 'r',
  format: 'json', include: [], exclude: [], statistics: [], includeLinkedAccounts: false, createdAt: epochMillis(0), updatedAt: epochMillis(0),
  ...change,
})
const metric = (namespace: string, name: string, dimensions: MetricIdentity['dimensions'] = []): MetricIdentity => ({ namespace, name, dimensions })

describe('what is sent', () => {
  const matched = (change: Partial<MetricStream>): readonly string[] => {
    const selection = streamSelection(stream(change))
    return [metric('A', 'x'), metric('A', 'y'), metric('B', 'x')].filter(one => selection.matches(one)).map(one => `${one.namespace}/${one.name}`)
  }

  test.each<[string, Partial<MetricStream>, readonly string[]]>([
    ['everything', {}, ['A/x', 'A/y', 'B/x']],
    ['a namespace', { include: [{ namespace: 'A', metricNames: undefined }] }, ['A/x', 'A/y']],
    ['some metrics of a namespace', { include: [{ namespace: 'A', metricNames: ['y'] }, { namespace: 'B', metricNames: ['z'] }] }, ['A/y']],
    ['all but a namespace', { exclude: [{ namespace: 'A', metricNames: undefined }] }, ['B/x']],
    ['all but some metrics', { exclude: [{ namespace: 'A', metricNames: ['x'] }] }, ['A/y', 'B/x']],
  ])('%s', (_name, change, expected) => {
    expect(matched(change)).toEqual(expected)
  })

  test('further statistics by namespace and name, whatever the dimensions', () => {
    const selection = streamSelection(stream({
      statistics: [
        { metrics: [{ namespace: 'A', metricName: 'x' }], additional: ['p99', 'tm90'] },
        { metrics: [{ namespace: 'A', metricName: 'x' }, { namespace: 'B', metricName: 'x' }], additional: ['p99', 'p50'] },
      ],
    }))
    const names = (one: MetricIdentity) => selection.further(one).map(({ name }) => name)
    expect(names(metric('A', 'x', [{ name: 'd', value: '1' }]))).toEqual(['p99', 'tm90', 'p50'])
    expect(names(metric('B', 'x'))).toEqual(['p99', 'p50'])
    expect(names(metric('B', 'y'))).toEqual([])
  })
})

const START = epochSeconds(1604948400)
const DISK: StreamDatum = streamDatum(
  metric('AWS/EC2', 'DiskWriteOps', [{ name: 'InstanceId', value: 'i-123456789012' }]),
  'Seconds',
  { start: START, count: 4, sum: 20, minimum: 1, maximum: 9, values: [1, 5, 9], weights: [1, 2, 1] },
  namedStatistics(['p75', 'p50', 'TM(25%:75%)']),
)
const READS: StreamDatum = { ...DISK, metric: metric('AWS/DynamoDB', 'Reads', [{ name: 'Table', value: 't' }]), unit: 'None', further: [] }

test('JSON: a line a datum', () => {
  const text = new TextDecoder().decode(encodeRecord.json(stream(), [DISK, READS]))
  const lines = text.split('\n')
  expect(lines).toHaveLength(3)
  expect(JSON.parse(lines[0]!)).toEqual({
    metric_stream_name: 'MyMetricStream', account_id: '123456789012', region: 'us-east-1', namespace: 'AWS/EC2', metric_name: 'DiskWriteOps',
    dimensions: { InstanceId: 'i-123456789012' }, timestamp: 1604948400000,
    value: { count: 4, sum: 20, max: 9, min: 1, p75: 6, p50: 5, 'TM(25%:75%)': 5 }, unit: 'Seconds',
  })
  expect(JSON.parse(lines[1]!)).toMatchObject({ metric_name: 'Reads', unit: 'None', value: { max: 9, min: 1, sum: 20, count: 4 } })
  expect(lines[2]).toBe('')
})

type Field = Uint8Array | bigint | number
/** The fields of a message by their numbers, whatever they mean. */
const fieldsOf = (bytes: Uint8Array): ReadonlyMap<number, readonly Field[]> => {
  const reader = new BinaryReader(bytes)
  const fields = new Map<number, Field[]>()
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag()
    const value = type === WireType.LengthDelimited ? reader.bytes() : type === WireType.Bit64 ? reader.fixed64() : reader.uint32()
    fields.set(number, [...(fields.get(number) ?? []), typeof value === 'string' ? BigInt(value) : value])
  }
  return fields
}
const inside = (bytes: Field, ...path: readonly number[]): readonly Field[] =>
  path.reduce<readonly Field[]>((level, number) => level.flatMap(one => fieldsOf(one as Uint8Array).get(number) ?? []), [bytes])
const text = (field: Field | undefined): string => new TextDecoder().decode(field as Uint8Array)
const double = (field: Field): number => new DataView(BigUint64Array.of(field as bigint).buffer).getFloat64(0, true)

/** The request behind its length; nothing may follow. */
const requestIn = (record: Uint8Array): Uint8Array => {
  const reader = new BinaryReader(record)
  const request = reader.bytes()
  expect(reader.pos).toBe(record.length)
  return request
}

describe('OpenTelemetry', () => {
  const quantiles = (point: Field) => inside(point, 6).map(one => [double(inside(one, 1)[0]!), double(inside(one, 2)[0]!)])
  const pairs = (list: readonly Field[], ...value: readonly number[]) => list.map(pair => [text(inside(pair, 1)[0]), text(inside(pair, ...value)[0])])
  const json = { statistics: [] }

  test.each(['opentelemetry0.7', 'opentelemetry1.0'] as const)('%s: resource, names, units and summaries', format => {
    const request = requestIn(encodeRecord[format](stream({ ...json, format }), [{ ...DISK, further: DISK.further.slice(0, 2) }, READS, { ...READS, start: epochSeconds(START + 60) }]))
    expect(pairs(inside(request, 1, 1, 1), 2, 1)).toEqual([
      ['cloud.provider', 'aws'], ['cloud.account.id', '123456789012'], ['cloud.region', 'us-east-1'],
      ['aws.exporter.arn', 'arn:aws:cloudwatch:us-east-1:123456789012:metric-stream/MyMetricStream'],
    ])
    const metrics = inside(request, 1, 2, 2)
    expect(metrics.map(one => [text(inside(one, 1)[0]), text(inside(one, 3)[0]), inside(one, 11, 1).length])).toEqual([
      ['amazonaws.com/AWS/EC2/DiskWriteOps', 's', 1],
      ['amazonaws.com/AWS/DynamoDB/Reads', '1', 2],
    ])
    const [point] = inside(metrics[0]!, 11, 1)
    expect([2, 3, 4].map(number => inside(point!, number)[0])).toEqual([1604948400000000000n, 1604948460000000000n, 4n])
    expect(double(inside(point!, 5)[0]!)).toBe(20)
    expect(quantiles(point!)).toEqual([[0, 1], [0.5, 5], [0.75, 6], [1, 9]])
  })

  test('0.7 has labels', () => {
    const [point] = inside(requestIn(encodeRecord['opentelemetry0.7'](stream(), [READS])), 1, 2, 2, 11, 1)
    expect(pairs(inside(point!, 1), 2)).toEqual([['Namespace', 'AWS/DynamoDB'], ['MetricName', 'Reads'], ['Table', 't']])
    expect(inside(point!, 7)).toEqual([])
  })

  test('1.0 has attributes, the dimensions as one', () => {
    const [point] = inside(requestIn(encodeRecord['opentelemetry1.0'](stream(), [READS])), 1, 2, 2, 11, 1)
    const attributes = inside(point!, 7)
    expect(pairs(attributes.slice(0, 2), 2, 1)).toEqual([['Namespace', 'AWS/DynamoDB'], ['MetricName', 'Reads']])
    expect(text(inside(attributes[2]!, 1)[0])).toBe('Dimensions')
    expect(pairs(inside(attributes[2]!, 2, 6, 1), 2, 1)).toEqual([['Table', 't']])
    expect(inside(point!, 1)).toEqual([])
  })

  test('every unit has its code', () => {
    expect(UNITS.map(otlpUnit).join(' ')).toBe(
      's us ms By kBy MBy GBy TBy bit kbit MBit GBit Tbit % {Count} By/s kBy/s MBy/s GBy/s TBy/s bit/s kbit/s MBit/s GBit/s Tbit/s {Count}/s 1',
    )
  })
})
