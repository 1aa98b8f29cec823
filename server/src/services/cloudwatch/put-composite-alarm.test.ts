import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { InMemoryCloudWatch, NOW, STRANGER } from './ports.test-support.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page'
const METRIC = { Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }
const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:'

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  for (const AlarmName of ['cpu', 'disk', 'quiet']) await cloudWatch.run('PutMetricAlarm', { ...METRIC, AlarmName })
  await cloudWatch.run('PutMetricAlarm', { ...METRIC, AlarmName: 'theirs' }, STRANGER)
  await cloudWatch.run('PutCompositeAlarm', { AlarmName: 'host', AlarmRule: `ALARM(cpu) OR ALARM("${ARN}disk")`, AlarmActions: [TOPIC], Tags: [{ Key: 'Team', Value: 'web' }] })
})
const put = (changes: object) => ({ AlarmName: 'all', AlarmRule: 'ALARM(cpu)', ...changes })
const describe = (input: object) => cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', input)

test('is described with what was set', async () => {
  await cloudWatch.run('PutCompositeAlarm', put({
    AlarmDescription: 'd', ActionsSuppressor: `${ARN}quiet`, ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120,
  }))
  const { CompositeAlarms, MetricAlarms } = await describe({ AlarmTypes: ['CompositeAlarm'] })
  expect(MetricAlarms).toEqual([])
  expect(CompositeAlarms).toMatchObject([
    {
      AlarmName: 'all', AlarmArn: `${ARN}all`, AlarmDescription: 'd', AlarmRule: 'ALARM(cpu)', ActionsEnabled: true, AlarmActions: [], OKActions: [],
      InsufficientDataActions: [], StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation',
      ActionsSuppressor: `${ARN}quiet`, ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120,
    },
    { AlarmName: 'host', AlarmActions: [TOPIC] },
  ])
  expect(CompositeAlarms![1]).not.toHaveProperty('ActionsSuppressor')
  expect(await cloudWatch.run('ListTagsForResource', { ResourceARN: `${ARN}host` })).toEqual({ Tags: [{ Key: 'Team', Value: 'web' }] })
})

test('describe answers are about metric alarms, unless others are asked for', async () => {
  expect((await describe({})).CompositeAlarms).toEqual([])
  const both = await describe({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], MaxRecords: 3 })
  expect([both.CompositeAlarms!.length, both.MetricAlarms!.length]).toEqual([1, 2])
  const rest = await describe({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], MaxRecords: 3, NextToken: both.NextToken })
  expect(rest.MetricAlarms!.map(({ AlarmName }) => AlarmName)).toEqual(['quiet'])
  expect(rest.NextToken).toBeUndefined()
})

test('children with their states, parents by name', async () => {
  await cloudWatch.run('PutCompositeAlarm', put({ AlarmRule: 'ALARM(host) AND OK(disk)' }))
  expect(await describe({ ChildrenOfAlarmName: 'all' })).toEqual({
    CompositeAlarms: [{ AlarmName: 'host', AlarmArn: `${ARN}host`, StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp: new Date(NOW) }],
    MetricAlarms: [{ AlarmName: 'disk', AlarmArn: `${ARN}disk`, StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp: new Date(NOW) }],
    LogAlarms: [],
  })
  expect(await describe({ ParentsOfAlarmName: 'disk' })).toEqual({
    CompositeAlarms: [{ AlarmName: 'all', AlarmArn: `${ARN}all` }, { AlarmName: 'host', AlarmArn: `${ARN}host` }], MetricAlarms: [], LogAlarms: [],
  })
  expect(await describe({ ChildrenOfAlarmName: 'cpu' })).toEqual({ CompositeAlarms: [], MetricAlarms: [], LogAlarms: [] })
})

test.each<[string, object, string]>([
  ['a rule that cannot be read', { AlarmRule: 'ALARM(The Oldest)' }, "ValidationError: Error in AlarmRule [Unsupported token 'Oldest' at char 10, must be: ')']"],
  ['white space around', { AlarmRule: ' TRUE' }, 'ValidationError: AlarmRule must not contain leading or trailing whitespace or be null'],
  ['children that are not there', { AlarmRule: 'ALARM(cpu) OR OK(nobody) OR OK(theirs)' },
    `ValidationError: Could not save the composite alarm as alarms [${ARN}nobody, ${ARN}theirs] in the alarm rule do not exist`],
  ['a new alarm that is its own child', { AlarmRule: 'ALARM(all)' }, `ValidationError: Could not save the composite alarm as alarms [${ARN}all] in the alarm rule do not exist`],
  ['an alarm that is its own child', { AlarmName: 'host', AlarmRule: 'ALARM(cpu) OR ALARM(host)' },
    'ValidationError: A composite alarm cannot have a child relation with itself via its AlarmRule, as it would introduce a circular dependency'],
  ['a child of somebody else', { AlarmRule: 'ALARM("arn:aws:cloudwatch:eu-west-1:999999999999:alarm:theirs")' },
    'ValidationError: The alarm arn:aws:cloudwatch:eu-west-1:999999999999:alarm:theirs must be in the same account and Region as the composite alarm'],
  ['EC2 actions', { AlarmActions: ['arn:aws:automate:eu-west-1:ec2:stop'] },
    'ValidationError: Invalid use of action arn:aws:automate:eu-west-1:ec2:stop: composite alarms cannot perform EC2 actions or Auto Scaling actions.'],
  ['a suppressor without periods', { ActionsSuppressor: 'quiet' },
    'ValidationError: ActionsSuppressorWaitPeriod must not be null'],
  ['a suppressor with one period', { ActionsSuppressor: 'quiet', ActionsSuppressorWaitPeriod: 1 }, 'ValidationError: ActionsSuppressorExtensionPeriod must not be null'],
  ['a suppressor that is no alarm', { ActionsSuppressor: TOPIC, ActionsSuppressorWaitPeriod: 1, ActionsSuppressorExtensionPeriod: 1 },
    'ValidationError: ActionsSuppressor must be a valid CloudWatch Alarm ARN or an Alarm name'],
  ['periods without a suppressor', { ActionsSuppressorWaitPeriod: 1 }, 'ValidationError: ActionsSuppressorWaitPeriod requires an ActionSuppressor'],
  ['a suppressor that is not there', { ActionsSuppressor: 'gone', ActionsSuppressorWaitPeriod: 1, ActionsSuppressorExtensionPeriod: 1 },
    'ValidationError: Could not save the composite alarm as the alarm gone in ActionsSuppressor does not exist'],
  ['the name of a metric alarm', { AlarmName: 'cpu' }, 'ValidationError: An alarm of another type has the name cpu already'],
  ['no rule', { AlarmRule: undefined }, "ValidationError: 1 validation error detected: Value null at 'alarmRule' failed to satisfy constraint: Member must not be null"],
])('refuses %s', async (_name, changes, refusal) => expect(await cloudWatch.refusal('PutCompositeAlarm', put(changes))).toBe(refusal))

test('a metric alarm cannot take its name', async () => {
  await cloudWatch.run('PutCompositeAlarm', put({}))
  const metric = { AlarmName: 'host', Namespace: 'N', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }
  expect(await cloudWatch.refusal('PutMetricAlarm', metric)).toBe('ValidationError: A composite alarm has the name host already')
})

test('a child goes with its last parent or after it', async () => {
  expect(await cloudWatch.refusal('DeleteAlarms', { AlarmNames: ['quiet', 'cpu'] })).toBe(
    'ValidationError: The alarm cpu cannot be deleted because composite alarms depend on it: [host]')
  await cloudWatch.run('DeleteAlarms', { AlarmNames: ['cpu', 'host', 'nobody'] })
  expect((await describe({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] })).MetricAlarms!.map(({ AlarmName }) => AlarmName)).toEqual(['disk', 'quiet'])
})

test('an alarm is in at most 150 composites', async () => {
  for (let i = 0; i < 149; i++) await cloudWatch.run('PutCompositeAlarm', put({ AlarmName: `c${i}` }))
  expect(await cloudWatch.refusal('PutCompositeAlarm', put({}))).toBe(`LimitExceeded: The alarm ${ARN}cpu is in 150 composite alarms already`)
  await cloudWatch.run('PutCompositeAlarm', put({ AlarmName: 'c0', AlarmRule: 'OK(cpu)' }))
})
