import type { DescribeAlarmHistoryOutput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from './ports.test-support.ts'

const PAGE = 'arn:aws:sns:eu-west-1:123456789012:page'
const GONE = 'arn:aws:sns:eu-west-1:123456789012:gone'

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  cloudWatch.missingTopics.add(GONE)
  await cloudWatch.run('PutMetricAlarm', {
    AlarmName: 'cpu', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 80,
    ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [PAGE, GONE], OKActions: [PAGE], Tags: [{ Key: 'Severity', Value: 'P1' }],
  })
  cloudWatch.now = epochMillis(NOW + 1000)
})

const set = (StateValue: string, rest: object = {}) => cloudWatch.run('SetAlarmState',
  { AlarmName: 'cpu', StateValue, StateReason: 'by hand', ...rest })
const alarm = async () => (await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', {})).MetricAlarms![0]!
const summaries = () => cloudWatch.alarms.items.slice(1).map(({ type, summary }) => `${type}: ${summary}`)

test('another value is a transition: state, history and messages', async () => {
  await set('ALARM', { StateReasonData: '{"why":"drill"}' })
  expect(await alarm()).toMatchObject({
    StateValue: 'ALARM', StateReason: 'by hand', StateReasonData: '{"why":"drill"}',
    StateUpdatedTimestamp: new Date(NOW + 1000), StateTransitionedTimestamp: new Date(NOW + 1000),
  })
  expect(summaries()).toEqual([
    'StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM',
    `Action: Successfully executed action ${PAGE}`,
    `Action: Failed to execute action ${GONE}. Received error: "Topic does not exist"`,
  ])
  expect(cloudWatch.alarms.publications).toMatchObject([
    { tenant: TENANT, topicArn: PAGE, subject: 'ALARM: "cpu" in EU (Ireland)', alarm: { name: 'cpu', severity: 'P1', state: 'ALARM' } },
  ])
})

test('the same value changes the reason and runs nothing', async () => {
  await set('ALARM')
  cloudWatch.now = epochMillis(NOW + 2000)
  await set('ALARM', { StateReason: 'still by hand' })
  expect(await alarm()).toMatchObject({
    StateReason: 'still by hand', StateUpdatedTimestamp: new Date(NOW + 2000), StateTransitionedTimestamp: new Date(NOW + 1000),
  })
  expect(cloudWatch.alarms.publications).toHaveLength(1)
  expect(summaries()).toHaveLength(3)
})

test('disabled actions do not run, and enabling them makes up for nothing', async () => {
  await cloudWatch.run('DisableAlarmActions', { AlarmNames: ['cpu', 'nobody'] })
  expect(await alarm()).toMatchObject({ ActionsEnabled: false, AlarmConfigurationUpdatedTimestamp: new Date(NOW + 1000) })
  await set('ALARM')
  await cloudWatch.run('EnableAlarmActions', { AlarmNames: ['cpu', 'cpu'] })
  await cloudWatch.run('EnableAlarmActions', { AlarmNames: ['cpu'] })
  expect(await alarm()).toMatchObject({ ActionsEnabled: true, StateValue: 'ALARM' })
  expect(cloudWatch.alarms.publications).toEqual([])
  await set('OK')
  expect(cloudWatch.alarms.publications).toMatchObject([{ subject: 'OK: "cpu" in EU (Ireland)' }])
  expect(summaries()).toEqual([
    'ConfigurationUpdate: Alarm "cpu" updated',
    'StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM',
    'ConfigurationUpdate: Alarm "cpu" updated',
    'StateUpdate: Alarm updated from ALARM to OK',
    `Action: Successfully executed action ${PAGE}`,
  ])
})

test.each<[string, object, string]>([
  ['an unknown state', { StateValue: 'INVALID' },
    "ValidationError: 1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"],
  ['an unknown alarm', { AlarmName: 'nobody' }, 'ResourceNotFound: '],
  ['no JSON', { StateReasonData: '{' }, 'InvalidFormat: StateReasonData must be valid JSON.'],
  ['no reason', { StateReason: undefined },
    "ValidationError: 1 validation error detected: Value null at 'stateReason' failed to satisfy constraint: Member must not be null"],
])('refuses %s', async (_name, changes, refusal) => {
  expect(await cloudWatch.refusal('SetAlarmState', { AlarmName: 'cpu', StateValue: 'OK', StateReason: 'by hand',
    ...changes })).toBe(refusal)
})

test('another account cannot reach the alarm', async () => {
  expect(await cloudWatch.refusal('SetAlarmState', { AlarmName: 'cpu', StateValue: 'OK', StateReason: '' },
    STRANGER)).toBe('ResourceNotFound: ')
  await cloudWatch.run('DeleteAlarms', { AlarmNames: ['cpu'] }, STRANGER)
  await cloudWatch.run('DisableAlarmActions', { AlarmNames: ['cpu'] }, STRANGER)
  expect(await alarm()).toMatchObject({ ActionsEnabled: true })
})

test('deleting leaves the history, and unknown names are passed over', async () => {
  await cloudWatch.run('DeleteAlarms', { AlarmNames: ['nobody', 'cpu'] })
  expect((await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', {})).MetricAlarms).toEqual([])
  expect(summaries()).toEqual(['ConfigurationUpdate: Alarm "cpu" deleted'])
  await cloudWatch.run('DeleteAlarms', { AlarmNames: ['cpu'] })
  expect(summaries()).toHaveLength(1)
})

test('history by type, time, order and page', async () => {
  for (let step = 1; step <= 4; step++) {
    cloudWatch.now = epochMillis(NOW + step * 60_000)
    await set(step % 2 === 1 ? 'OK' : 'INSUFFICIENT_DATA')
  }
  const history = async (input: object, tenant?: typeof STRANGER) => cloudWatch.run<DescribeAlarmHistoryOutput>('DescribeAlarmHistory',
    input, tenant)
  const minutes = async (input: object) =>
    (await history(input)).AlarmHistoryItems!.map(({ Timestamp }) => (Timestamp!.getTime() - NOW) / 60_000)
  expect(await minutes({ HistoryItemType: 'StateUpdate' })).toEqual([4, 3, 2, 1])
  expect(await minutes({ HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending' })).toEqual([1, 2, 3, 4])
  expect(await minutes({ HistoryItemType: 'StateUpdate', StartDate: new Date(NOW + 120_000),
    EndDate: new Date(NOW + 180_000) })).toEqual([3, 2])
  expect(await minutes({ AlarmName: 'nobody' })).toEqual([])
  expect(await minutes({ AlarmTypes: ['CompositeAlarm'] })).toEqual([])
  expect(await minutes({ AlarmTypes: ['LogAlarm'] })).toEqual([])
  expect(await minutes({ AlarmContributorId: '0123456789abcdef' })).toEqual([])
  expect((await history({}, STRANGER)).AlarmHistoryItems).toEqual([])
  const first = await history({ HistoryItemType: 'StateUpdate', MaxRecords: 3 })
  cloudWatch.now = epochMillis(NOW + 300_000)
  await set('OK')
  expect(await minutes({ HistoryItemType: 'StateUpdate', MaxRecords: 3, NextToken: first.NextToken })).toEqual([1])
  expect(await cloudWatch.refusal('DescribeAlarmHistory', { AlarmName: 'cpu',
    NextToken: first.NextToken })).toBe('InvalidNextToken: The next token specified is invalid.')
  expect((await history({ AlarmName: 'cpu' })).AlarmHistoryItems![0]).toEqual({
    AlarmName: 'cpu', AlarmType: 'MetricAlarm', Timestamp: new Date(NOW + 300_000), HistoryItemType: 'Action',
    HistorySummary: `Successfully executed action ${PAGE}`, HistoryData: expect.stringContaining('"actionState":"Succeeded"'),
  })
})
