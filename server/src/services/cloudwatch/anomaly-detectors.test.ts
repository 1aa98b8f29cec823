import type { DescribeAnomalyDetectorsOutput, PutAnomalyDetectorOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { InMemoryCloudWatch, STRANGER } from './ports.test-support.ts'

const METRIC = { Namespace: 'App', MetricName: 'Latency', Dimensions: [{ Name: 'Host', Value: 'a' }], Stat: 'p99' }
const SINGLE = { SingleMetricAnomalyDetector: METRIC }
const stored = (Id: string, MetricName: string, Period = 300) =>
  ({ Id, ReturnData: false, MetricStat: { Metric: { Namespace: 'App', MetricName }, Period, Stat: 'Sum' } })
const queries = (Expression: string, ...others: object[]) =>
  ({ MetricMathAnomalyDetector: { MetricDataQueries: [{ Id: 'e1', Expression, ReturnData: true }, stored('m1', 'Errors'), stored('m2', 'Requests'), ...others] } })
const MATH = queries('m1 / m2')

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const put = async (input: object, tenant?: Parameters<InMemoryCloudWatch['run']>[2]): Promise<string> =>
  (await cloudWatch.run<PutAnomalyDetectorOutput>('PutAnomalyDetector', input, tenant)).AnomalyDetectorId!
const describe = (input: object = {}) => cloudWatch.run<DescribeAnomalyDetectorsOutput>('DescribeAnomalyDetectors', input)
const ids = async (input: object): Promise<readonly string[]> => (await describe(input)).AnomalyDetectors!.map(({ AnomalyDetectorId: id }) => id!)

test('a detector on a metric is described in both ways of naming one', async () => {
  const id = await put({
    ...SINGLE,
    Configuration: { ExcludedTimeRanges: [{ StartTime: new Date('2026-01-01T00:00:00Z'), EndTime: new Date('2026-01-02T00:00:00Z') }], MetricTimezone: 'Europe/Berlin' },
    MetricCharacteristics: { PeriodicSpikes: true },
  })
  expect(await describe()).toEqual({
    AnomalyDetectors: [{
      AnomalyDetectorId: id,
      ...METRIC,
      SingleMetricAnomalyDetector: { AccountId: '123456789012', ...METRIC },
      Configuration: {
        ExcludedTimeRanges: [{ StartTime: new Date('2026-01-01T00:00:00Z'), EndTime: new Date('2026-01-02T00:00:00Z') }],
        MetricTimezone: 'Europe/Berlin',
      },
      MetricCharacteristics: { PeriodicSpikes: true },
      StateValue: 'PENDING_TRAINING',
    }],
  })
})

test('both ways of naming a metric name the same detector; another statistic is another one', async () => {
  const id = await put(SINGLE)
  expect(await put({ ...METRIC, Configuration: { AdaptationSpeed: 'FAST', OutlierFilteringStrength: 'STRICT' } })).toBe(id)
  expect((await describe()).AnomalyDetectors).toMatchObject([{ Configuration: { AdaptationSpeed: 'FAST', OutlierFilteringStrength: 'STRICT' } }])
  expect(await put({ ...METRIC, Stat: 'Average' })).not.toBe(id)
  expect(await put(SINGLE, STRANGER)).not.toBe(id)
  expect((await describe()).AnomalyDetectors).toHaveLength(2)
})

test('a detector on an expression is described when its type is asked for', async () => {
  const id = await put(MATH)
  expect((await describe()).AnomalyDetectors).toEqual([])
  expect((await describe({ AnomalyDetectorTypes: ['METRIC_MATH'] })).AnomalyDetectors).toMatchObject([{ AnomalyDetectorId: id, StateValue: 'PENDING_TRAINING', ...MATH }])
})

test('filters narrow what is described', async () => {
  const [latency, average, other, math] = [await put(SINGLE), await put({ ...METRIC, Stat: 'Average' }), await put({ Namespace: 'Web', MetricName: 'Errors', Stat: 'Sum' }), await put(MATH)]
  const both = ['SINGLE_METRIC', 'METRIC_MATH']
  expect(await ids({ Namespace: 'App' })).toEqual([latency, average].sort())
  expect(await ids({ MetricName: 'Errors' })).toEqual([other])
  expect(await ids({ MetricName: 'Errors', AnomalyDetectorTypes: both })).toEqual([other, math].sort())
  expect(await ids({ Dimensions: METRIC.Dimensions })).toEqual([latency, average].sort())
  expect(await ids({ Dimensions: [{ Name: 'Host', Value: 'b' }] })).toEqual([])
  expect(await ids({ Dimensions: [] })).toEqual([other])
  expect(await ids({ AnomalyDetectorTypes: [] })).toEqual([latency, average, other].sort())
  expect(await ids({ AnomalyDetectorIds: [math, 'unknown'] })).toEqual([math])
})

test('pages hold every detector once, and a token continues its own request only', async () => {
  const all: string[] = []
  for (let i = 0; i < 7; i++) all.push(await put({ ...METRIC, MetricName: `m${i}` }))
  const found: string[] = []
  let token: string | undefined
  do {
    const page = await describe({ MaxResults: 3, ...(token === undefined ? {} : { NextToken: token }) })
    found.push(...page.AnomalyDetectors!.map(({ AnomalyDetectorId: id }) => id!))
    token = page.NextToken
    if (token !== undefined) {
      expect(await cloudWatch.refusal('DescribeAnomalyDetectors', { NextToken: token, Namespace: 'App' })).toBe('InvalidNextToken: The next token specified is invalid.')
    }
  } while (token !== undefined)
  expect(found).toEqual(all.sort())
  expect(await cloudWatch.refusal('DescribeAnomalyDetectors', { NextToken: 'x' })).toBe('InvalidNextToken: The next token specified is invalid.')
})

test('deleting names a detector in any of three ways, and nobody reaches another account', async () => {
  for (const input of [SINGLE, METRIC, MATH]) {
    const id = await put(input)
    expect(await cloudWatch.refusal('DeleteAnomalyDetector', input, STRANGER)).toMatch(/^ResourceNotFoundException: anomaly-detector \S+ does not exist\.$/)
    expect(await cloudWatch.run('DeleteAnomalyDetector', input)).toEqual({})
    expect(await cloudWatch.refusal('DeleteAnomalyDetector', input)).toBe(`ResourceNotFoundException: anomaly-detector ${id} does not exist.`)
    await put(input)
    await cloudWatch.run('DeleteAnomalyDetector', { AnomalyDetectorId: id })
    expect(await ids({ AnomalyDetectorTypes: ['SINGLE_METRIC', 'METRIC_MATH'] })).toEqual([])
  }
})

const range = (from: number, to: number) => ({ StartTime: new Date(from), EndTime: new Date(to) })
const constraint = (value: string, at: string, says: string) =>
  `ValidationError: 1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${says}`

test.each<[string, object, string]>([
  ['nothing', {}, 'MissingParameter: The parameter Namespace is required.'],
  ['no statistic', { Namespace: 'App', MetricName: 'm' }, 'MissingParameter: The parameter Stat is required.'],
  ['no metric name', { SingleMetricAnomalyDetector: { Namespace: 'App', Stat: 'Sum' } },
    'MissingParameter: The parameter SingleMetricAnomalyDetector.MetricName is required.'],
  ['a metric and an expression', { ...SINGLE, ...MATH },
    'InvalidParameterCombination: Either single metric attributes, SingleMetricAnomalyDetector or MetricMathAnomalyDetector can be set, found MetricMathAnomalyDetector, SingleMetricAnomalyDetector.'],
  ['a metric in both ways', { ...SINGLE, Stat: 'Sum' },
    'InvalidParameterCombination: Either single metric attributes, SingleMetricAnomalyDetector or MetricMathAnomalyDetector can be set, found SingleMetricAnomalyDetector, single metric attributes.'],
  ['an expression and a namespace', { ...MATH, Namespace: 'App' },
    'InvalidParameterCombination: Either single metric attributes, SingleMetricAnomalyDetector or MetricMathAnomalyDetector can be set, found MetricMathAnomalyDetector, single metric attributes.'],
  ['a statistic that nobody knows', { ...METRIC, Stat: 'p101.5' }, 'starts'],
  ['another account', { SingleMetricAnomalyDetector: { ...METRIC, AccountId: '999999999999' } },
    'InvalidParameterValue: The value 999999999999 for parameter SingleMetricAnomalyDetector.AccountId is invalid.'],
  ['a dimension twice', { ...METRIC, Dimensions: [...METRIC.Dimensions, ...METRIC.Dimensions] }, 'InvalidParameterValue: Duplicate dimension name: Host'],
  ['eleven ranges', { ...METRIC, Configuration: { ExcludedTimeRanges: Array.from({ length: 11 }, () => range(0, 1000)) } },
    'InvalidParameterValue: The collection Configuration.ExcludedTimeRanges must not have a size greater than 10.'],
  ['a range that ends before it starts', { ...METRIC, Configuration: { ExcludedTimeRanges: [range(0, 1000), range(2000, 1000)] } },
    'InvalidParameterValue: Input has invalid parameter.'],
  ['a range without an end', { ...METRIC, Configuration: { ExcludedTimeRanges: [{ StartTime: new Date(0) }] } },
    constraint('null', 'configuration.excludedTimeRanges.1.member.endTime', 'Member must not be null')],
  ['a time zone that nobody knows', { ...METRIC, Configuration: { MetricTimezone: 'Mars/Olympus' } },
    'InvalidParameterValue: The value Mars/Olympus for parameter Configuration.MetricTimezone is not a time zone of the tz database.'],
  ['a speed that nobody knows', { ...METRIC, Configuration: { AdaptationSpeed: 'WARP' } },
    constraint("'WARP'", 'configuration.adaptationSpeed', 'Member must satisfy enum value set: [FAST, NORMAL, SLOW]')],
  ['an expression without queries', { MetricMathAnomalyDetector: {} },
    'MissingParameter: The parameter MetricMathAnomalyDetector.MetricDataQueries is required.'],
  ['a metric instead of an expression', { MetricMathAnomalyDetector: { MetricDataQueries: [stored('m1', 'a')] } },
    'ValidationError: The MetricDataQueries list in MetricMathAnomalyDetector contains a single metric, please use SingleMetricAnomalyDetector instead'],
  ['nothing that returns data', { MetricMathAnomalyDetector: { MetricDataQueries: [stored('m1', 'a'), stored('m2', 'b')] } },
    'ValidationError: Exactly one element of the MetricDataQueries should return data, and it should be an expression.'],
  ['a function that nobody knows', queries('NOSUCH(m1)'), 'starts'],
  ['a scalar', queries('SUM(m1)'), 'starts'],
  ['several series', queries('[m1, m2]'),
    "ValidationError: Error in expression 'e1': ANOMALY_DETECTION_BAND takes a metric or an expression that is a single time series"],
  ['several periods', queries('m1 + m3', stored('m3', 'c', 60)),
    "ValidationError: Error in expression 'e1': ANOMALY_DETECTION_BAND does not take expressions of several periods"],
])('PutAnomalyDetector refuses %s', async (_name, input, refusal) => {
  const said = await cloudWatch.refusal('PutAnomalyDetector', input)
  if (refusal === 'starts') expect(said).toMatch(/^ValidationError: (Error in expression 'e1': |1 validation error detected: Value 'p101.5' at 'stat')/)
  else expect(said).toBe(refusal)
  expect(await ids({ AnomalyDetectorTypes: ['SINGLE_METRIC', 'METRIC_MATH'] })).toEqual([])
})

test.each<[string, string, object, string]>([
  ['ids with a filter', 'DescribeAnomalyDetectors', { AnomalyDetectorIds: ['a'], MetricName: 'm' },
    'InvalidParameterCombination: The parameters AnomalyDetectorIds and MetricName are mutually exclusive and you have specified both.'],
  ['too large a page', 'DescribeAnomalyDetectors', { MaxResults: 101 },
    constraint("'101'", 'maxResults', 'Member must have value less than or equal to 100')],
  ['an id with a metric', 'DeleteAnomalyDetector', { AnomalyDetectorId: 'a', ...METRIC },
    'InvalidParameterCombination: The parameters AnomalyDetectorId and Namespace are mutually exclusive and you have specified both.'],
  ['no detector', 'DeleteAnomalyDetector', {}, 'MissingParameter: The parameter Namespace is required.'],
])('refused: %s', async (_name, operation, input, refusal) => {
  expect(await cloudWatch.refusal(operation, input)).toBe(refusal)
})
