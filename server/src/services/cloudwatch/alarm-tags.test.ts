import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, TENANT } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const PAGE = 'arn:aws:sns:eu-west-1:123456789012:page'
const COMMON = { AlarmName: 'a', AlarmActions: [PAGE], Tags: [{ Key: 'team', Value: 'payments' }, { Key: 'env', Value: 'prod' }] }
const PUTS: readonly (readonly [string, object])[] = [
  ['PutMetricAlarm', {
    Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 80, ComparisonOperator: 'GreaterThanThreshold',
  }],
  ['PutLogAlarm', {
    ScheduledQueryConfiguration: {
      QueryString: 'fields @message', LogGroupIdentifiers: ['a'], ScheduledQueryRoleARN: 'arn:aws:iam::123456789012:role/logs',
      ScheduleConfiguration: { ScheduleExpression: 'rate(5 minutes)', StartTimeOffset: 360 }, AggregationExpression: 'count(*)',
    },
    QueryResultsToEvaluate: 1, QueryResultsToAlarm: 1, Threshold: 10, ComparisonOperator: 'GreaterThanThreshold',
  }],
  ['PutCompositeAlarm', { AlarmRule: 'FALSE' }],
]
const propagating = (propagation: object) => ({ ActionConfiguration: { AlarmTagsPropagation: propagation } })

describe.each(PUTS)('%s', (name, input) => {
  const put = (changes: object) => cloudWatch.run(name, { ...COMMON, ...input, ...changes })
  const shown = async () => {
    const types = ['MetricAlarm', 'LogAlarm', 'CompositeAlarm']
    const { MetricAlarms = [], LogAlarms = [], CompositeAlarms = [] } = await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { AlarmTypes: types })
    return [...MetricAlarms, ...LogAlarms, ...CompositeAlarms][0]
  }
  const message = async () => {
    await cloudWatch.run('SetAlarmState', { AlarmName: 'a', StateValue: 'ALARM', StateReason: 'by hand' })
    const { default: machines, email } = JSON.parse(cloudWatch.alarms.publications[0]!.message) as { readonly default: string; readonly email: string }
    const { AlarmTags: tags, AlarmTagsStatus: status } = JSON.parse(machines) as Record<string, unknown>
    return { tags, status, email: /- Alarm Tags: .*/.exec(email)?.[0] }
  }

  test.each([
    [{ Enabled: true }],
    [{ Enabled: true, IncludedTagKeys: ['team', 'cost'] }],
    [{ Enabled: true, ExcludedTagKeys: ['env'] }],
    [{ Enabled: false }],
  ])('%j comes back, until it is left out', async propagation => {
    await put(propagating(propagation))
    expect(await shown()).toMatchObject(propagating(propagation))
    expect((await shown())?.ActionConfiguration?.AlarmTagsPropagation).toEqual(propagation)
    await put({})
    expect(await shown()).not.toHaveProperty('ActionConfiguration')
  })

  test('all tags are in the message', async () => {
    await put(propagating({ Enabled: true }))
    await cloudWatch.run('TagResource', { ResourceARN: (await shown())?.AlarmArn, Tags: [{ Key: 'added', Value: 'later' }] })
    expect(await message()).toEqual({
      tags: [{ Key: 'added', Value: 'later' }, { Key: 'env', Value: 'prod' }, { Key: 'team', Value: 'payments' }],
      status: 'SUCCESS',
      email: '- Alarm Tags:                 [added = later], [env = prod], [team = payments]',
    })
  })

  test('only those that are wanted', async () => {
    await put(propagating({ Enabled: true, IncludedTagKeys: ['team'] }))
    expect(await message()).toMatchObject({ tags: [{ Key: 'team', Value: 'payments' }], status: 'SUCCESS' })
  })

  test('none unless asked for', async () => {
    await put(propagating({ Enabled: false }))
    expect(await message()).toEqual({})
  })

  test.each<[string, object, string]>([
    ['both lists', { Enabled: true, IncludedTagKeys: ['a'], ExcludedTagKeys: ['b'] }, 'IncludedTagKeys and ExcludedTagKeys cannot both be specified.'],
    ['neither on nor off', {}, "at 'actionConfiguration.alarmTagsPropagation.enabled' failed to satisfy constraint: Member must not be null"],
    ['an empty list', { Enabled: true, IncludedTagKeys: [] }, 'Member must have length greater than or equal to 1'],
    ['51 keys', { Enabled: true, ExcludedTagKeys: Array.from({ length: 51 }, (_, i) => `k${i}`) }, 'Member must have length less than or equal to 50'],
    ['too long a key', { Enabled: true, ExcludedTagKeys: ['k'.repeat(129)] }, 'Member must have length less than or equal to 128'],
  ])('refuses %s', async (_, propagation, problem) => {
    expect(await cloudWatch.refusal(name, { ...COMMON, ...input, ...propagating(propagation) })).toContain(problem)
    expect(await shown()).toBeUndefined()
  })

  test('whoever lets tags be told must be allowed to read them', () => {
    const asked = (changes: object) => cloudWatch.operation(name).also?.({ ...COMMON, ...input, ...changes } as never, TENANT)
    const reading = { permission: 'ListTagsForResource', resource: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a' }
    expect(asked(propagating({ Enabled: true }))).toContainEqual(reading)
    expect(asked(propagating({ Enabled: false }))).not.toContainEqual(reading)
    expect(asked({})).not.toContainEqual(reading)
  })
})
