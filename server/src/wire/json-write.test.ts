import * as schemas from '@aws-sdk/client-cloudwatch'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeDouble } from './doubles.ts'
import { writeJson } from './json-write.ts'
import { operationSchema } from './schema.ts'

const output = operationSchema(schemas, 'GetMetricData')!.output
const written = (results: readonly object[]): string => writeJson({ MetricDataResults: results }, output)

test('series that share a list of times have each its own text, and the next answer a new one', () => {
  const times = [new Date(60_000), new Date(120_000)]
  const others = [new Date(180_000)]
  expect(written([{ Timestamps: times }, { Timestamps: times }, { Timestamps: others }, { Timestamps: times }])).toBe(
    '{"MetricDataResults":[{"Timestamps":[60,120]},{"Timestamps":[60,120]},{"Timestamps":[180]},{"Timestamps":[60,120]}]}')
  times.push(new Date(240_000))
  expect(written([{ Timestamps: times }])).toBe('{"MetricDataResults":[{"Timestamps":[60,120,240]}]}')
})

test('numbers are written alike, whether there is a whole one among them or not', () => {
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(-0, 1e21, -1e300, 5e-324))
  fc.assert(fc.property(fc.array(number), values => {
    expect(written([{ Values: values }])).toBe(`{"MetricDataResults":[{"Values":[${values.map(writeDouble).join(',')}]}]}`)
  }))
  expect(written([{ Values: [0.5, Infinity, NaN] }])).toBe('{"MetricDataResults":[{"Values":[0.5,"Infinity","NaN"]}]}')
})
