import type { DescribeAlarmsOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, NOW } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const stored = (Id: string, changes: Partial<MetricDataQuery> = {}, Period = 60): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'App', MetricName: Id, Dimensions: [{ Name: 'Host', Value: 'a' }] }, Period, Stat: 'Sum' },
  ReturnData: false,
  ...changes,
})
const expression = (Id: string, Expression: string, changes: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id, Expression, ReturnData: true, ...changes,
})
const INSIGHTS = 'SELECT AVG(Cpu) FROM SCHEMA(App, Host) GROUP BY Host'

const MATH = {
  AlarmName: 'rate', Metrics: [stored('m1'), stored('m2'), expression('e1', 'm1 / m2', { Label: 'Error rate' })],
  EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 0.5, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
}
const BAND = {
  AlarmName: 'band', Metrics: [stored('m1', { ReturnData: true }), expression('ad1', 'ANOMALY_DETECTION_BAND(m1, 2)')],
  EvaluationPeriods: 1, ThresholdMetricId: 'ad1', ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
}
const PROMQL = {
  AlarmName: 'up', EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0', PendingPeriod: 120, RecoveryPeriod: 60 } }, EvaluationInterval: 30,
}
const put = (input: object) => cloudWatch.run('PutMetricAlarm', input)
const described = async () => (await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', {})).MetricAlarms ?? []

const HEAD = {
  AlarmConfigurationUpdatedTimestamp: new Date(NOW), ActionsEnabled: true, OKActions: [], AlarmActions: [], InsufficientDataActions: [],
  StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation', StateUpdatedTimestamp: new Date(NOW),
  StateTransitionedTimestamp: new Date(NOW), Dimensions: [],
}

describe('what was given is what is shown', () => {
  test.each<readonly [string, { AlarmName: string }, object]>([
    ['math', MATH, {}],
    ['a band', BAND, {}],
    ['Metrics Insights, one series', { ...MATH, AlarmName: 'one', Metrics: [expression('q1', 'SELECT AVG(Cpu) FROM App', { Period: 60 })] } as never, {}],
    ['Metrics Insights, a contributor each', { ...MATH, AlarmName: 'many', Metrics: [expression('q1', `${INSIGHTS} ORDER BY AVG() DESC`, { Period: 60 })] } as never, {}],
    ['a search that is added up', { ...MATH, AlarmName: 'sum', Metrics: [expression('e1', "SUM(SEARCH('{App,Host} Cpu', 'Sum', 60))", { Period: 60 })] } as never, {}],
    ['a search that names the period itself', { ...MATH, AlarmName: 'own', Metrics: [expression('e1', "SUM(SEARCH('{App,Host} Cpu', 'Sum', 300))")] } as never, {}],
    ['PromQL, which begins OK', PROMQL, { StateValue: 'OK' }],
  ])('%s', async (_, input, changes) => {
    await put(input)
    const [alarm] = await described()
    expect(alarm).toEqual({ ...HEAD, AlarmArn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${input.AlarmName}`, ...input, ...changes })
  })

  test('ReturnData is true where nothing was said, and periods that were not given are 0', async () => {
    await put({ ...MATH, Metrics: [{ Id: 'm1', MetricStat: stored('m1').MetricStat }] })
    await put({ ...PROMQL, EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } })
    expect(await described()).toMatchObject([
      { Metrics: [{ Id: 'm1', ReturnData: true }] },
      { EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0', PendingPeriod: 0, RecoveryPeriod: 0 } } },
    ])
  })

  test('the kind may change; the state stays', async () => {
    await put({ ...MATH, AlarmName: 'x' })
    await cloudWatch.run('SetAlarmState', { AlarmName: 'x', StateValue: 'ALARM', StateReason: 'by hand' })
    await put({ ...PROMQL, AlarmName: 'x' })
    const [alarm] = await described()
    expect(alarm).toMatchObject({ StateValue: 'ALARM', EvaluationInterval: 30 })
    expect(alarm).not.toHaveProperty('Metrics')
  })

  test('DescribeAlarmsForMetric only knows alarms on one metric', async () => {
    await put(BAND)
    expect(await cloudWatch.run('DescribeAlarmsForMetric', { Namespace: 'App', MetricName: 'm1', Dimensions: [{ Name: 'Host', Value: 'a' }] })).toEqual({ MetricAlarms: [] })
  })
})

describe('refusals', () => {
  const SEVERAL = 'Metrics expression that return multi time series are only allowed for MetricsInsights expression with an ORDER BY clause'
  const metrics = (...Metrics: readonly MetricDataQuery[]) => ({ ...MATH, Metrics })
  test.each<[string, object, string | RegExp]>([
    ['nothing returns data', metrics(stored('m1'), stored('m2')), 'Exactly one element of the metrics list should return data.'],
    ['two return data', metrics(stored('m1', { ReturnData: true }), expression('e1', 'm1')), 'Exactly one element of the metrics list should return data.'],
    ['a band that is all there is', { ...BAND, Metrics: [stored('m1'), BAND.Metrics[1]] }, 'Exactly two elements of the metrics list should return data.'],
    ['three beside a band', { ...BAND, Metrics: [...BAND.Metrics, expression('e1', 'm1 * 2')] }, 'Exactly two elements of the metrics list should return data.'],
    ['an unknown function', metrics(stored('m1'), expression('e1', 'ANOMALY_DETECTOR(m1)')), "Error in expression 'e1': Function 'ANOMALY_DETECTOR' not found"],
    ['an unknown id', metrics(stored('m1'), expression('e1', 'm1 + m9')), /^Error in expression 'e1': /],
    ['a number', metrics(stored('m1'), expression('e1', '1 + 2')), /^Error in expression 'e1': /],
    ['a search', metrics(expression('e1', "SEARCH('{App,Host} Cpu', 'Sum', 60)", { Period: 60 })), SEVERAL],
    ['a search that cannot be read', metrics(expression('e1', "SUM(SEARCH('{App', 'Sum', 60))")), /^Error in expression 'e1': Invalid search at position /],
    ['a search for a statistic that there is none of', metrics(expression('e1', "SUM(SEARCH('Cpu', 'Most', 60))")), "Error in expression 'e1': 'Most' is not a valid statistic"],
    ['a search of another period', metrics(stored('m1'), expression('e1', "m1 / SUM(SEARCH('Cpu', 'Sum', 300))")), 'Period must be the same for all elements of the metrics list.'],
    ['a search of a period that there is none of', metrics(expression('e1', "SUM(SEARCH('Cpu', 'Sum', 61))")), 'Period must be 10, 20, 30 or a multiple of 60'],
    ['groups without an order', metrics(expression('q1', INSIGHTS, { Period: 60 })), SEVERAL],
    ['all metrics', metrics(stored('m1'), expression('e1', 'METRICS() * 2')), SEVERAL],
    ['an id twice', metrics(stored('m1'), expression('m1', '1')), 'The values for parameter id in Metrics are not unique.'],
    ["somebody else's metric", metrics(stored('m1', { AccountId: '999999999999' }), expression('e1', 'm1')), 'The value 999999999999 for parameter Metrics.member.1.AccountId is invalid.'],
    ['an id that is none', metrics(stored('M1', { ReturnData: true })), /^The value M1 for parameter Metrics\.member\.1\.Id is not matching/],
    ['eleven expressions', { ...metrics(...Array.from({ length: 11 }, (_, i) => expression(`e${i}`, '1'))), EvaluationPeriods: undefined }, 'Too many expressions in alarm, maximum is 10'],
    ['eleven metrics', metrics(...Array.from({ length: 11 }, (_, i) => stored(`m${i}`)), expression('e1', 'm1')), 'Too many metrics in alarm, maximum is 10'],
    ['two periods', metrics(stored('m1'), stored('m2', {}, 300), expression('e1', 'm1 + m2')), 'Period must be the same for all elements of the metrics list.'],
    ['a period of its own', metrics(stored('m1'), expression('e1', 'm1', { Period: 120 })), 'Period must be the same for all elements of the metrics list.'],
    ['no period', metrics(expression('q1', 'SELECT AVG(Cpu) FROM App')), 'Period must not be null'],
    ['an odd period', metrics(stored('m1', { ReturnData: true }, 45)), 'Period must be 10, 20, 30 or a multiple of 60'],
    ['both in one', metrics({ ...stored('m1'), Expression: '1' }), 'The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.'],
    ['nothing in one', metrics({ Id: 'm1' }), 'Period must not be null'],
    ['a statistic that is none', metrics({ ...stored('m1'), MetricStat: { ...stored('m1').MetricStat!, Stat: 'Median' } }), 'Invalid metrics list'],
    ['no threshold', { ...MATH, Threshold: undefined }, 'PutMetricAlarm request should have valid Threshold parameter'],
    ['a threshold beside a band', { ...BAND, Threshold: 1 }, 'Threshold should not be set if ThresholdMetricId is set.'],
    ['a band operator without a band', { ...MATH, ComparisonOperator: 'GreaterThanUpperThreshold' }, 'ComparisonOperators for ranges require ThresholdMetricId to be set'],
    ['a threshold operator with a band', { ...BAND, ComparisonOperator: 'GreaterThanThreshold' }, 'ComparisonOperator GreaterThanThreshold is not supported for alarms based on anomaly detection models.'],
    ['a band that is no band', { ...BAND, ThresholdMetricId: 'm1' }, 'ThresholdMetricId m1 must be the Id of an ANOMALY_DETECTION_BAND in the metrics list.'],
    ['a band that is not there', { ...BAND, ThresholdMetricId: 'ad2' }, 'Metrics list must contain exactly one metric matching the ThresholdMetricId parameter'],
    ['scaling by a band', { ...BAND, AlarmActions: ['arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:x'] }, 'autoscaling actions not supported when ThresholdMetricId is set'],
    ['a reboot for many', { ...metrics(expression('q1', `${INSIGHTS} ORDER BY AVG() DESC`, { Period: 60 })), AlarmActions: ['arn:aws:automate:eu-west-1:ec2:reboot'] },
      'Action arn:aws:automate:eu-west-1:ec2:reboot is not supported for alarms based on several time series.'],
    ['an odd interval', { ...PROMQL, EvaluationInterval: 45 }, 'EvaluationInterval must be 10, 20, 30 or a multiple of 60'],
    ['a query that is none', { ...PROMQL, EvaluationCriteria: { PromQLCriteria: { Query: 'up{{' } } }, 'Error in PromQL query: unexpected {'],
    ['an endless wait', { ...PROMQL, EvaluationCriteria: { PromQLCriteria: { Query: 'up', PendingPeriod: 86_401 } } }, /pendingPeriod' failed to satisfy constraint: Member must have value less than or equal to 86400$/],
    ['no query', { ...PROMQL, EvaluationCriteria: { PromQLCriteria: {} } }, /query' failed to satisfy constraint: Member must not be null$/],
    ['a threshold for a query', { ...PROMQL, Threshold: 1 }, 'Threshold should not be set if EvaluationCriteria is set.'],
    ['metrics beside a query', { ...PROMQL, Metrics: MATH.Metrics }, 'Metrics should not be set if EvaluationCriteria is set.'],
    ['too much', { ...MATH, Metrics: Array.from({ length: 100 }, (_, i) => expression(`e${i}`, `m1 + ${'1'.repeat(2000)}`, { ReturnData: i === 0 })) }, 'The request must not be larger than 120 KB.'],
  ])('%s', async (_name, input, text) => {
    const refusal = await cloudWatch.refusal('PutMetricAlarm', input)
    if (typeof text === 'string') expect(refusal).toBe(`ValidationError: ${text}`)
    else expect(refusal.replace(/^ValidationError: /, '')).toMatch(text)
    expect(await described()).toEqual([])
  })

  test('PromQL where nobody can evaluate it', async () => {
    const without = new InMemoryCloudWatch()
    Object.assign(without.ports, { checkPromql: undefined })
    expect(await without.refusal('PutMetricAlarm', PROMQL)).toBe('ValidationError: This server does not support alarms on EvaluationCriteria.')
  })
})
