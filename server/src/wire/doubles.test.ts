import * as schemas from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { writeDouble } from './doubles.ts'
import { writeJson } from './json-write.ts'
import { writeCbor } from './rpc-cbor/write.ts'
import { operationSchema } from './schema.ts'
import { writeMembers } from './aws-query/xml.ts'

const outputOf = (name: string) => operationSchema(schemas, name)!.output
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const alarm = { MetricAlarms: [{ Period: 60, Threshold: 30, DatapointsToAlarm: 2 }] }
const line = { MetricDataResults: [{ Timestamps: [new Date(1_700_000_040_000)], Values: [1, 2.5] }] }
const points = { Datapoints: [{ Sum: 3, ExtendedStatistics: { p99: -4 } }] }

test('JSON says of a double that it is one, also when it is whole', () => {
  expect(writeJson(alarm, outputOf('DescribeAlarms'))).toBe('{"MetricAlarms":[{"Period":60,"DatapointsToAlarm":2,"Threshold":30.0}]}')
  expect(writeJson(line, outputOf('GetMetricData'))).toBe('{"MetricDataResults":[{"Timestamps":[1700000040],"Values":[1.0,2.5]}]}')
  expect(writeJson(points, outputOf('GetMetricStatistics'))).toBe('{"Datapoints":[{"Sum":3.0,"ExtendedStatistics":{"p99":-4.0}}]}')
})

test('XML does so too', () => {
  expect(writeMembers(alarm, outputOf('DescribeAlarms'))).toContain('<Period>60</Period><DatapointsToAlarm>2</DatapointsToAlarm><Threshold>30.0</Threshold>')
  expect(writeMembers(line, outputOf('GetMetricData'))).toContain('<Values><member>1.0</member><member>2.5</member></Values>')
})

test('CBOR writes doubles and timestamps as 64-bit floats, which is all that strict readers take', () => {
  const text = (name: string) => hex(Buffer.from(name))
  expect(hex(writeCbor(alarm, outputOf('DescribeAlarms')))).toContain(`${text('Threshold')}fb403e000000000000`)
  expect(hex(writeCbor(alarm, outputOf('DescribeAlarms')))).toContain(`${text('Period')}183c`)
  expect(hex(writeCbor(line, outputOf('GetMetricData')))).toContain(`${text('Timestamps')}81c1fb41d954fc4a000000`)
  expect(hex(writeCbor(line, outputOf('GetMetricData')))).toContain(`${text('Values')}82fb3ff0000000000000fb4004000000000000`)
  expect(hex(writeCbor(points, outputOf('GetMetricStatistics')))).toContain(`${text('ExtendedStatistics')}a163703939fbc010000000000000`)
})

test.each([
  [30, '30.0'], [-0, '0.0'], [0.1, '0.1'], [-2.5, '-2.5'], [2 ** 60, '1152921504606847000.0'], [1e21, '1e+21'], [2 ** -40, '9.094947017729282e-13'],
])('writes %d as %s', (value, text) => {
  expect(writeDouble(value)).toBe(text)
  expect(JSON.parse(text)).toBe(value === 0 ? 0 : value)
})
