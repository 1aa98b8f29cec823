import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const INPUT = {
  AlarmName: 'cpu', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 3,
  Threshold: 80, ComparisonOperator: 'GreaterThanThreshold',
}
const put = (input: object = {}) => cloudWatch.run('PutMetricAlarm', { ...INPUT, ...input })
const described = async () => (await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', {})).MetricAlarms ?? []

test('a new alarm shows what was given and nothing else', async () => {
  await put()
  expect(await described()).toEqual([
    {
      AlarmName: 'cpu',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu',
      AlarmConfigurationUpdatedTimestamp: new Date(NOW),
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      StateUpdatedTimestamp: new Date(NOW),
      MetricName: 'Cpu',
      Namespace: 'App',
      Statistic: 'Average',
      Dimensions: [],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
      StateTransitionedTimestamp: new Date(NOW),
    },
  ])
})

test('every parameter of a single-metric alarm comes back', async () => {
  const everything = {
    AlarmDescription: 'Processors are busy', ActionsEnabled: false,
    OKActions: ['arn:aws:sns:eu-west-1:123456789012:ok'],
    AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:page', 'arn:aws:automate:eu-west-1:ec2:reboot',
      'arn:aws:lambda:eu-west-1:123456789012:function:f:live'],
    InsufficientDataActions: ['arn:aws:ssm:eu-west-1:123456789012:opsitem:1#CATEGORY=Availability'],
    Dimensions: [{ Name: 'Host', Value: 'a' }, { Name: 'Core', Value: '1' }],
    Statistic: undefined, ExtendedStatistic: 'p99.5', Unit: 'Percent', Period: 10, EvaluationPeriods: 5, DatapointsToAlarm: 3,
    TreatMissingData: 'notBreaching', EvaluateLowSampleCountPercentile: 'ignore',
    EvaluationWindow: { SlidingWindow: {} },
  }
  await put(everything)
  const [alarm] = await described()
  const { EvaluationWindow: _window, Statistic: _statistic, ...shown } = everything
  expect(alarm).toMatchObject({ ...shown, Dimensions: [{ Name: 'Core', Value: '1' }, { Name: 'Host', Value: 'a' }] })
  expect(alarm).not.toHaveProperty('Statistic')
})

test('an update overwrites the definition but keeps state and tags', async () => {
  await put({ Tags: [{ Key: 'Severity', Value: 'P1' }], AlarmDescription: 'first' })
  await cloudWatch.run('SetAlarmState', { AlarmName: 'cpu', StateValue: 'OK', StateReason: 'by hand' })
  cloudWatch.now = epochMillis(NOW + 60_000)
  await put({ Tags: [{ Key: 'Severity', Value: 'P4' }], Threshold: 90 })
  const [alarm] = await described()
  expect(alarm).toMatchObject({
    Threshold: 90, StateValue: 'OK', StateReason: 'by hand', StateTransitionedTimestamp: new Date(NOW),
    AlarmConfigurationUpdatedTimestamp: new Date(NOW + 60_000),
  })
  expect(alarm).not.toHaveProperty('AlarmDescription')
  expect(await cloudWatch.ports.tags.get(TENANT, alarm!.AlarmArn!)).toEqual({ Severity: 'P1' })
})

test('creation and update are in the history', async () => {
  await put()
  await put({ Threshold: 90 })
  expect(cloudWatch.alarms.items.map(({ type, summary }) => [type, summary])).toEqual([
    ['ConfigurationUpdate', 'Alarm "cpu" created'],
    ['ConfigurationUpdate', 'Alarm "cpu" updated'],
  ])
  expect(JSON.parse(cloudWatch.alarms.items[0]!.data)).toMatchObject({ type: 'Create', createdAlarm: { alarmName: 'cpu', threshold: 80 } })
})

test('the same name in another account is another alarm', async () => {
  await put()
  await cloudWatch.run('PutMetricAlarm', { ...INPUT, Threshold: 1 }, STRANGER)
  expect((await described()).map(({ Threshold }) => Threshold)).toEqual([80])
})

describe('refusals', () => {
  const violation = (value: string, at: string, says: string) =>
    `ValidationError: 1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${says}`
  test.each<[string, object, string]>([
    ['no name', { AlarmName: undefined }, violation('null', 'alarmName', 'Member must not be null')],
    ['an empty name', { AlarmName: '' }, violation("''", 'alarmName', 'Member must have length greater than or equal to 1')],
    ['too long a name', { AlarmName: 'n'.repeat(256) }, violation(`'${'n'.repeat(256)}'`, 'alarmName',
      'Member must have length less than or equal to 255')],
    ['a control character in the name', { AlarmName: 'a\nb' }, 'ValidationError: AlarmName must not contain ASCII control characters'],
    ['too long a description', { AlarmDescription: 'd'.repeat(1025) },
      violation(`'${'d'.repeat(1025)}'`, 'alarmDescription', 'Member must have length less than or equal to 1024')],
    ['nothing to watch', { MetricName: undefined }, 'ValidationError: MetricName must not be null'],
    ['no namespace', { Namespace: undefined }, 'ValidationError: Namespace must not be null'],
    ['no period', { Period: undefined }, 'ValidationError: Period must not be null'],
    ['no evaluation periods', { EvaluationPeriods: undefined }, 'ValidationError: EvaluationPeriods must not be null'],
    ['no threshold', { Threshold: undefined }, 'ValidationError: PutMetricAlarm request should have valid Threshold parameter'],
    ['no comparison', { ComparisonOperator: undefined }, 'ValidationError: ComparisonOperator must not be null'],
    ['no statistic', { Statistic: undefined }, 'ValidationError: Statistic or ExtendedStatistic must not be null'],
    ['two statistics', { ExtendedStatistic: 'p99' },
      'InvalidParameterCombination: The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.'],
    ['an unknown extended statistic', { Statistic: undefined, ExtendedStatistic: 'median' },
      'InvalidParameterValue: The value median for parameter ExtendedStatistic is not supported.'],
    ['a basic extended statistic', { Statistic: undefined, ExtendedStatistic: 'Sum' },
      'InvalidParameterValue: The value Sum for parameter ExtendedStatistic is not supported.'],
    ['an unknown statistic', { Statistic: 'Median' },
      violation("'Median'", 'statistic', 'Member must satisfy enum value set: [SampleCount, Average, Sum, Minimum, Maximum]')],
    ['an odd period', { Period: 45 }, 'ValidationError: Period must be 10, 20, 30 or a multiple of 60'],
    ['a period of zero', { Period: 0 }, violation("'0'", 'period', 'Member must have value greater than or equal to 1')],
    ['more than a day', { Period: 300, EvaluationPeriods: 289 },
      'ValidationError: Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for alarms using period < 3600'],
    ['more than a week', { Period: 3600, EvaluationPeriods: 169 },
      'ValidationError: Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600'],
    ['M above N', { DatapointsToAlarm: 4 }, 'ValidationError: DatapointsToAlarm must be less than or equal to EvaluationPeriods'],
    ['half a period', { EvaluationPeriods: 1.5 }, violation("'1.5'", 'evaluationPeriods', 'Member must be an integer')],
    ['M of zero', { DatapointsToAlarm: 0 }, violation("'0'", 'datapointsToAlarm', 'Member must have value greater than or equal to 1')],
    ['no number', { Threshold: NaN }, 'ValidationError: The value NaN for parameter Threshold is invalid.'],
    ['an unknown treatment', { TreatMissingData: 'guess' },
      'ValidationError: Option guess is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore and missing.'],
    ['an unknown low-sample treatment', { EvaluateLowSampleCountPercentile: 'guess' },
      'ValidationError: Option guess is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.'],
    ['a band operator', { ComparisonOperator: 'LessThanLowerThreshold' },
      'ValidationError: ComparisonOperators for ranges require ThresholdMetricId to be set'],
    ['a band id', { ThresholdMetricId: 'ad1' }, 'ValidationError: ThresholdMetricId should not be set if MetricName is set.'],
    ['an interval', { EvaluationInterval: 60 }, 'ValidationError: EvaluationInterval should not be set if EvaluationCriteria is not set.'],
    ['six actions', { AlarmActions: Array.from({ length: 6 }, (_, i) => `arn:aws:sns:eu-west-1:123456789012:t${i}`) },
      expect.stringContaining("at 'alarmActions' failed to satisfy constraint: Member must have length less than or equal to 5")],
    ['an action that is no ARN', { OKActions: ['notBreaching'] }, 'ValidationError: Invalid arn syntax: notBreaching'],
    ['an action nobody runs', { OKActions: ['arn:aws:s3:::bucket'] }, 'ValidationError: Unsupported AWS vendor s3'],
    ['a machine elsewhere', { OKActions: ['arn:aws:automate:us-east-1:ec2:stop'] },
      'ValidationError: Invalid region us-east-1 specified. Only eu-west-1 is supported.'],
    ['the recovery of a machine that is only busy', { AlarmActions: ['arn:aws:automate:eu-west-1:ec2:recover'] },
      "ValidationError: The EC2 'Recover' action can only be defined on the 'StatusCheckFailed_System' metric and 'AWS/EC2' namespace."],
    ['few samples of an average', { EvaluateLowSampleCountPercentile: 'ignore' },
      'ValidationError: Option evaluateLowSampleCountPercentile can not be applied with statistic Average. This option is enabled only for percentile statistics.'],
    ['letters of other alphabets', { Namespace: 'Zählung' }, 'ValidationError: Namespace must not contain Non-ASCII characters.'],
    ['a topic elsewhere', { OKActions: ['arn:aws:sns:us-east-1:123456789012:t'] },
      'ValidationError: Invalid region us-east-1 specified. Only eu-west-1 is supported.'],
    ['a dimension twice', { Dimensions: [{ Name: 'Host', Value: 'a' }, { Name: 'Host', Value: 'b' }] },
      'ValidationError: Duplicate dimension name: Host'],
    ['31 dimensions', { Dimensions: Array.from({ length: 31 }, (_, i) => ({ Name: `d${i}`, Value: 'v' })) },
      expect.stringContaining("at 'dimensions' failed to satisfy constraint: Member must have length less than or equal to 30")],
    ['51 tags', { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: 'v' })) },
      'ValidationError: A resource can have at most 50 tags'],
    ['a tag twice', { Tags: [{ Key: 'k', Value: '1' }, { Key: 'k', Value: '2' }] }, 'ValidationError: Duplicate tag keys found: k'],
    ['a tag of AWS', { Tags: [{ Key: 'aws:k', Value: '1' }] }, 'ValidationError: Tag keys starting with aws: are reserved for system use'],
    ['metrics beside a metric', { Metrics: [{ Id: 'm1' }] }, 'ValidationError: MetricName should not be set if list of Metrics is set.'],
    ['a statistic beside metrics', { MetricName: undefined, Namespace: undefined, Period: undefined, Metrics: [{ Id: 'm1' }] },
      'ValidationError: Statistic should not be set if list of Metrics is set.'],
    ['criteria beside a metric', { EvaluationCriteria: { PromQLCriteria: { Query: 'up' } } },
      'ValidationError: MetricName should not be set if EvaluationCriteria is set.'],
    ['criteria without an interval', { ...cleared(INPUT), EvaluationCriteria: { PromQLCriteria: { Query: 'up' } } },
      'ValidationError: EvaluationInterval must not be null'],
    ['no window at all', { EvaluationWindow: {} },
      'ValidationError: Exactly one of SlidingWindow and WallClockWindow must be set in EvaluationWindow.'],
    ['two windows', { EvaluationWindow: { SlidingWindow: {}, WallClockWindow: {} } },
      'ValidationError: Exactly one of SlidingWindow and WallClockWindow must be set in EvaluationWindow.'],
    ['a period that is not of the clock', { Period: 120, EvaluationWindow: { WallClockWindow: {} } },
      'ValidationError: Period must be one of 60, 300, 3600, 86400, 604800 for alarms with a WallClockWindow.'],
    ['a wall clock window of high resolution', { Period: 10, EvaluationWindow: { WallClockWindow: {} } },
      'ValidationError: Period must be one of 60, 300, 3600, 86400, 604800 for alarms with a WallClockWindow.'],
    ['what is no time zone', { EvaluationWindow: { WallClockWindow: { Timezone: 'Mars/Olympus' } } }, 'ValidationError: Invalid timezone Mars/Olympus'],
    ['an offset that is not on five minutes', { EvaluationWindow: { WallClockWindow: { Timezone: '+05:31' } } }, 'ValidationError: Invalid timezone +05:31'],
    ['an empty time zone', { EvaluationWindow: { WallClockWindow: { Timezone: '' } } },
      violation("''", 'evaluationWindow.wallClockWindow.timezone', 'Member must have length greater than or equal to 1')],
    ['too long a time zone', { EvaluationWindow: { WallClockWindow: { Timezone: 'a'.repeat(51) } } },
      violation(`'${'a'.repeat(51)}'`, 'evaluationWindow.wallClockWindow.timezone', 'Member must have length less than or equal to 50')],
    ['a window of a PromQL alarm', { ...cleared(INPUT), EvaluationCriteria: { PromQLCriteria: { Query: 'up' } }, EvaluationInterval: 60, EvaluationWindow: { SlidingWindow: {} } },
      'ValidationError: EvaluationWindow should not be set if EvaluationCriteria is set.'],
    ['a warm-up without its length', { WarmUpConfiguration: {} },
      violation('null', 'warmUpConfiguration.warmUpPeriodDurationInMinutes', 'Member must not be null')],
    ['too short a warm-up', { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 0 } },
      violation("'0'", 'warmUpConfiguration.warmUpPeriodDurationInMinutes', 'Member must have value greater than or equal to 1')],
    ['too long a warm-up', { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 2881 } },
      violation("'2881'", 'warmUpConfiguration.warmUpPeriodDurationInMinutes', 'Member must have value less than or equal to 2880')],
  ])('%s', async (_name, changes, refusal) => {
    expect(await cloudWatch.refusal('PutMetricAlarm', { ...INPUT, ...changes })).toEqual(refusal)
    expect(await described()).toEqual([])
  })
})

function cleared(input: object): object {
  return { ...Object.fromEntries(Object.keys(input).map(name => [name, undefined])), AlarmName: 'cpu' }
}

test.each([
  [{ WarmUpPeriodDurationInMinutes: 30 }],
  [{ WarmUpPeriodDurationInMinutes: 2880, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true }],
  [{ WarmUpPeriodDurationInMinutes: 1, OnlyStartEvaluatingAfterWarmUpPeriodEnds: false }],
])('the warm-up %j comes back, until it is left out', async warmUp => {
  await put({ WarmUpConfiguration: warmUp })
  expect((await described())[0]?.WarmUpConfiguration).toEqual(warmUp)
  await put()
  expect((await described())[0]).not.toHaveProperty('WarmUpConfiguration')
})

test.each([
  [{ SlidingWindow: {} }],
  [{ WallClockWindow: {} }],
  [{ WallClockWindow: { Timezone: 'America/New_York' } }],
  [{ WallClockWindow: { Timezone: 'UTC+05:30' } }],
])('the window %j comes back, until it is left out', async window => {
  await put({ EvaluationWindow: window })
  expect((await described())[0]?.EvaluationWindow).toEqual(window)
  await put()
  expect((await described())[0]).not.toHaveProperty('EvaluationWindow')
})

test('a PromQL alarm that warms up has insufficient data at first', async () => {
  const promql = { AlarmName: 'p', EvaluationCriteria: { PromQLCriteria: { Query: 'up' } }, EvaluationInterval: 60 }
  await cloudWatch.run('PutMetricAlarm', { ...promql, WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 5 } })
  expect(await described()).toMatchObject([{ StateValue: 'INSUFFICIENT_DATA', WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 5 } }])
})

test('the longest windows allowed are a day and a week', async () => {
  await put({ Period: 300, EvaluationPeriods: 288 })
  await put({ Period: 3600, EvaluationPeriods: 168 })
  expect(await described()).toMatchObject([{ Period: 3600, EvaluationPeriods: 168 }])
})
