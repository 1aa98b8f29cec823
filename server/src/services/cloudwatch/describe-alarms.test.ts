import type { DescribeAlarmsForMetricOutput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, STRANGER } from './ports.test-support.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:'
const BASE = { Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold' }

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'web-cpu', AlarmActions: [`${TOPIC}page`],
    Dimensions: [{ Name: 'Host', Value: 'a' }] })
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'web-disk', MetricName: 'Disk', OKActions: [`${TOPIC}mail`] })
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'db-cpu', Statistic: undefined, ExtendedStatistic: 'p99', Unit: 'Percent' })
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'db-slow', Period: 300, InsufficientDataActions: [`${TOPIC}mail`] })
  await cloudWatch.run('SetAlarmState', { AlarmName: 'db-cpu', StateValue: 'ALARM', StateReason: 'by hand' })
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'web-foreign' }, STRANGER)
})

const names = async (input: object): Promise<readonly (string | undefined)[]> =>
  (await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', input)).MetricAlarms!.map(({ AlarmName }) => AlarmName)

test.each<[string, object, readonly string[]]>([
  ['all', {}, ['db-cpu', 'db-slow', 'web-cpu', 'web-disk']],
  ['names, unknown ones left out', { AlarmNames: ['web-disk', 'nobody', 'db-cpu', 'web-foreign'] }, ['db-cpu', 'web-disk']],
  ['a prefix', { AlarmNamePrefix: 'web' }, ['web-cpu', 'web-disk']],
  ['a state', { StateValue: 'ALARM' }, ['db-cpu']],
  ['a state and a prefix', { StateValue: 'ALARM', AlarmNamePrefix: 'web' }, []],
  ['an action of any state', { ActionPrefix: `${TOPIC}mail` }, ['db-slow', 'web-disk']],
  ['metric alarms', { AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }, ['db-cpu', 'db-slow', 'web-cpu', 'web-disk']],
  ['composite alarms', { AlarmTypes: ['CompositeAlarm'] }, []],
  ['children', { ChildrenOfAlarmName: 'web-cpu' }, []],
  ['parents', { ParentsOfAlarmName: 'web-cpu', MaxRecords: 5 }, []],
])('selects %s', async (_name, input, expected) => {
  expect(await names(input)).toEqual(expected)
})

test('pages by name, also while alarms come and go', async () => {
  const first = await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { MaxRecords: 2 })
  expect(first.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['db-cpu', 'db-slow'])
  await cloudWatch.run('DeleteAlarms', { AlarmNames: ['db-slow'] })
  await cloudWatch.run('PutMetricAlarm', { ...BASE, AlarmName: 'aaa' })
  const second = await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { MaxRecords: 2, NextToken: first.NextToken })
  expect(second.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['web-cpu', 'web-disk'])
  expect(second.NextToken).toBeUndefined()
})

test.each<[string, object, readonly string[]]>([
  ['the metric without dimensions', {}, ['db-cpu', 'db-slow']],
  ['all its dimensions', { Dimensions: [{ Name: 'Host', Value: 'a' }] }, ['web-cpu']],
  ['a statistic', { Statistic: 'Average' }, ['db-slow']],
  ['an extended statistic', { ExtendedStatistic: 'p99' }, ['db-cpu']],
  ['a period', { Period: 300 }, ['db-slow']],
  ['a unit', { Unit: 'Percent' }, ['db-cpu']],
  ['another metric', { MetricName: 'Memory' }, []],
])('DescribeAlarmsForMetric goes by %s', async (_name, input, expected) => {
  const answer = await cloudWatch.run<DescribeAlarmsForMetricOutput>('DescribeAlarmsForMetric',
    { Namespace: 'App', MetricName: 'Cpu', ...input })
  expect(answer.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(expected)
})

describe('refusals', () => {
  const says = (text: string) => expect.stringContaining(text)
  test.each<[string, string, object, string]>([
    ['DescribeAlarms', 'names and prefix', { AlarmNames: ['a'], AlarmNamePrefix: 'a' },
      'ValidationError: AlarmNames and AlarmNamePrefix cannot be specified together'],
    ['DescribeAlarms', 'children of a prefix', { ChildrenOfAlarmName: 'a', AlarmNamePrefix: 'a' },
      'ValidationError: AlarmNamePrefix cannot be specified together with ChildrenOfAlarmName'],
    ['DescribeAlarms', 'children and parents', { ChildrenOfAlarmName: 'a', ParentsOfAlarmName: 'a' },
      'ValidationError: ParentsOfAlarmName cannot be specified together with ChildrenOfAlarmName'],
    ['DescribeAlarms', 'a page of 101', { MaxRecords: 101 },
      says("Value '101' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to 100")],
    ['DescribeAlarms', '101 names', { AlarmNames: Array.from({ length: 101 }, () => 'a') },
      says('Member must have length less than or equal to 100')],
    ['DescribeAlarms', 'an unknown state', { StateValue: 'RED' },
      says("Value 'RED' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]")],
    ['DescribeAlarms', 'a made-up token', { NextToken: 'bm8gdG9rZW4' }, 'InvalidNextToken: The next token specified is invalid.'],
    ['DescribeAlarmsForMetric', 'no metric', { Namespace: 'App' },
      says("Value null at 'metricName' failed to satisfy constraint: Member must not be null")],
  ])('%s: %s', async (operation, _name, input, refusal) => {
    expect(await cloudWatch.refusal(operation, input)).toEqual(refusal)
  })
})
