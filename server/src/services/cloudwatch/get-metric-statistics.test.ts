import type { GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, NOW, STRANGER } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const ago = (seconds: number): Date => new Date(NOW - seconds * 1000)
const INPUT = { Namespace: 'App', MetricName: 'Latency', StartTime: ago(600), EndTime: ago(0), Period: 60, Statistics: ['Sum'] }
const run = (input: object = {}, tenant?: typeof STRANGER) =>
  cloudWatch.run<GetMetricStatisticsOutput>('GetMetricStatistics', { ...INPUT, ...input }, tenant)

test('all five statistics of the recorded ten values', async () => {
  for (let value = 0; value < 10; value++) cloudWatch.metrics.add('Latency', 300, value)
  const answer = await run({ Statistics: ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] })
  expect(answer).toEqual({
    Label: 'Latency',
    Datapoints: [{ Timestamp: ago(300), Average: 4.5, Maximum: 9, Minimum: 0, SampleCount: 10, Sum: 45, Unit: 'None' }],
  })
})

test('extended statistics stand in a map of their own', async () => {
  cloudWatch.metrics.add('Latency', 300, 1).add('Latency', 300, 2)
  const { Datapoints } = await run({ Statistics: undefined, ExtendedStatistics: ['p50', 'p100', 'TM(0:1)', 'IQM'] })
  expect(Datapoints).toEqual([{ Timestamp: ago(300), ExtendedStatistics: { p50: 1.5, p100: 2, 'TM(0:1)': 1, IQM: 1.5 }, Unit: 'None' }])
})

test('a bucket that cannot serve a percentile has no datapoint', async () => {
  cloudWatch.metrics.add('Latency', 300, -1).add('Latency', 240, 4)
  const { Datapoints } = await run({ Statistics: undefined, ExtendedStatistics: ['p50'] })
  expect(Datapoints).toEqual([{ Timestamp: ago(240), ExtendedStatistics: { p50: 4 }, Unit: 'None' }])
})

test('without a unit there is one datapoint for each unit of a bucket; with one there is only that', async () => {
  cloudWatch.metrics.add('Latency', 300, 10).add('Latency', 300, 5, { unit: 'Count' }).add('Latency', 300, 1, { unit: 'Seconds' })
  expect((await run()).Datapoints?.map(({ Sum, Unit }) => [Sum, Unit])).toEqual([[5, 'Count'], [10, 'None'], [1, 'Seconds']])
  expect((await run({ Unit: 'Seconds' })).Datapoints?.map(({ Sum, Unit }) => [Sum, Unit])).toEqual([[1, 'Seconds']])
  expect((await run({ Unit: 'Bytes' })).Datapoints).toEqual([])
})

test('buckets count from the rounded start, and the end is exclusive', async () => {
  cloudWatch.metrics.add('Latency', 420, 1).add('Latency', 130, 2).add('Latency', 121, 4).add('Latency', 120, 8)
  const { Datapoints } = await run({ Period: 300, StartTime: ago(470), EndTime: ago(120) })
  expect(Datapoints).toEqual([
    { Timestamp: ago(480), Sum: 1, Unit: 'None' },
    { Timestamp: ago(180), Sum: 6, Unit: 'None' },
  ])
})

test('a period finer than the age allows is answered with nothing', async () => {
  cloudWatch.metrics.add('Latency', 4 * 3600, 1)
  expect((await run({ Period: 10, StartTime: ago(4 * 3600 + 60), EndTime: ago(4 * 3600 - 60) })).Datapoints).toEqual([])
  expect((await run({ Period: 60, StartTime: ago(4 * 3600 + 60), EndTime: ago(4 * 3600 - 60) })).Datapoints).toHaveLength(1)
})

test('unknown metrics, other dimensions and other accounts have no datapoints', async () => {
  cloudWatch.metrics.add('Latency', 300, 1, { dimensions: { Host: 'a' } })
  expect((await run()).Datapoints).toEqual([])
  expect((await run({ Dimensions: [{ Name: 'Host', Value: 'a' }] })).Datapoints).toHaveLength(1)
  expect((await run({ Dimensions: [{ Name: 'Host', Value: 'a' }] }, STRANGER)).Datapoints).toEqual([])
})

describe('refusals', () => {
  test.each<[string, object, string]>([
    ['no namespace', { Namespace: undefined }, 'MissingParameter: The parameter Namespace is required.'],
    ['no period', { Period: undefined }, 'MissingParameter: The parameter Period is required.'],
    ['no statistic', { Statistics: [], Namespace: '', MetricName: undefined, Period: undefined }, 'InvalidParameterCombination: At least one of the parameters Statistics and ExtendedStatistics must be specified.'],
    ['both lists', { ExtendedStatistics: ['p50'] },
      'InvalidParameterCombination: The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.'],
    ['a day of seconds', { Period: 1, StartTime: ago(86_400) },
      'InvalidParameterCombination: You have requested up to 86400 datapoints, which exceeds the limit of 1440. ' +
      'You may reduce the datapoints requested by increasing Period, or decreasing the time range.'],
    ['an empty range', { StartTime: ago(0) }, 'InvalidParameterValue: The parameter StartTime must be less than the parameter EndTime.'],
    ['an odd period', { Period: 45 }, 'InvalidParameterValue: The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.'],
    ['an unknown statistic', { Statistics: ['Median'] },
      "ValidationError: 1 validation error detected: Value '[Median]' at 'statistics' failed to satisfy constraint: " +
      'Member must satisfy constraint: [Member must satisfy enum value set: [SampleCount, Average, Sum, Minimum, Maximum]]'],
    ['an unknown extended statistic', { Statistics: undefined, ExtendedStatistics: ['p101'] },
      'InvalidParameterValue: The value p101 for parameter ExtendedStatistics is not supported.'],
    ['a basic one among the extended', { Statistics: undefined, ExtendedStatistics: ['Sum'] },
      'InvalidParameterValue: The value Sum for parameter ExtendedStatistics is not supported.'],
    ['a namespace with a colon', { Namespace: ':App', Period: 0 },
      "ValidationError: 2 validation errors detected: Value ':App' at 'namespace' failed to satisfy constraint: " +
      "Member must satisfy regular expression pattern: [^:].*; Value '0' at 'period' failed to satisfy constraint: " +
      'Member must have value greater than or equal to 1'],
    ['a dimension without a value', { Dimensions: [{ Name: 'Host' }] },
      "ValidationError: 1 validation error detected: Value null at 'dimensions.1.member.value' failed to satisfy constraint: Member must not be null"],
    ['a dimension twice', { Dimensions: [{ Name: 'Host', Value: 'a' }, { Name: 'Host', Value: 'b' }] },
      'InvalidParameterValue: Duplicate dimension name: Host'],
    ['a control character', { Dimensions: [{ Name: 'Host', Value: 'a\u0001b' }] },
      'InvalidParameterValue: Dimensions must not contain control characters.'],
    ['no time at all', { StartTime: new Date(NaN) }, 'InvalidParameterValue: The parameter StartTime must be a valid timestamp.'],
  ])('%s', async (_name, input, refusal) => {
    expect(await cloudWatch.refusal('GetMetricStatistics', { ...INPUT, ...input })).toBe(refusal)
  })
})
