import type { GetAlarmMuteRuleOutput, ListAlarmMuteRulesOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from './ports.test-support.ts'

const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm-mute-rule:'
const SUNDAYS = { Schedule: { Expression: 'cron(0 2 * * SUN)', Duration: 'PT4H' } }
const rule = (changes: object = {}) => ({ Name: 'sundays', Rule: SUNDAYS, MuteTargets: { AlarmNames: ['cpu', 'disk'] }, ...changes })

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  await cloudWatch.run('PutAlarmMuteRule', rule({ Tags: [{ Key: 'Team', Value: 'web' }] }))
  await cloudWatch.run('PutAlarmMuteRule', rule({ Name: 'now', Rule: { Schedule: { Expression: 'at(2026-03-04T13:00)', Duration: 'PT2H', Timezone: 'Europe/Berlin' } }, MuteTargets: { AlarmNames: ['cpu'] } }))
  await cloudWatch.run('PutAlarmMuteRule', rule({ Name: 'over', Rule: { Schedule: { Expression: 'at(2025-03-04T13:00)', Duration: 'PT2H' } } }))
})
const get = (name: string) => cloudWatch.run<GetAlarmMuteRuleOutput>('GetAlarmMuteRule', { AlarmMuteRuleName: name })
const list = async (input: object) => {
  const answer = await cloudWatch.run<ListAlarmMuteRulesOutput>('ListAlarmMuteRules', input)
  return { names: answer.AlarmMuteRuleSummaries!.map(({ AlarmMuteRuleArn }) => AlarmMuteRuleArn!.slice(ARN.length)), token: answer.NextToken }
}

test('a rule comes back as it was put, with its status', async () => {
  expect(await get('sundays')).toEqual({
    Name: 'sundays', AlarmMuteRuleArn: `${ARN}sundays`, Rule: { Schedule: { ...SUNDAYS.Schedule, Timezone: 'UTC' } },
    MuteTargets: { AlarmNames: ['cpu', 'disk'] }, Status: 'SCHEDULED', MuteType: 'RECURRING', LastUpdatedTimestamp: new Date(NOW),
  })
  expect(await get('now')).toMatchObject({ Status: 'ACTIVE', MuteType: 'ONE_TIME' })
  expect(await get('over')).toMatchObject({ Status: 'EXPIRED', MuteType: 'ONE_TIME' })
})

test('putting again overwrites, but leaves the tags', async () => {
  const expires = new Date(NOW + 86_400_000)
  await cloudWatch.run('PutAlarmMuteRule', rule({ Description: 'd', MuteTargets: undefined, ExpireDate: expires, Tags: [{ Key: 'Team', Value: 'other' }] }))
  expect(await get('sundays')).toMatchObject({ Description: 'd', MuteTargets: { AlarmNames: [] }, ExpireDate: expires, Status: 'EXPIRED' })
  expect(await cloudWatch.run('ListTagsForResource', { ResourceARN: `${ARN}sundays` })).toEqual({ Tags: [{ Key: 'Team', Value: 'web' }] })
})

test('tags on its ARN', async () => {
  await cloudWatch.run('TagResource', { ResourceARN: `${ARN}now`, Tags: [{ Key: 'a', Value: 'b' }] })
  expect(await cloudWatch.run('ListTagsForResource', { ResourceARN: `${ARN}now` })).toEqual({ Tags: [{ Key: 'a', Value: 'b' }] })
  expect(await cloudWatch.refusal('TagResource', { ResourceARN: `${ARN}gone`, Tags: [] })).toContain('ResourceNotFoundException')
})

test('lists by alarm, status and page', async () => {
  expect((await list({})).names).toEqual(['now', 'over', 'sundays'])
  expect((await list({ AlarmName: 'disk' })).names).toEqual(['over', 'sundays'])
  expect((await list({ Statuses: ['ACTIVE', 'SCHEDULED'] })).names).toEqual(['now', 'sundays'])
  const first = await list({ MaxRecords: 2 })
  expect(first.names).toEqual(['now', 'over'])
  expect((await list({ MaxRecords: 2, NextToken: first.token })).names).toEqual(['sundays'])
  expect(await cloudWatch.refusal('ListAlarmMuteRules', { NextToken: 'bm9uZQ' })).toBe('InvalidNextToken: The next token specified is invalid.')
})

test('deleting, twice', async () => {
  await cloudWatch.run('DeleteAlarmMuteRule', { AlarmMuteRuleName: 'now' })
  await cloudWatch.run('DeleteAlarmMuteRule', { AlarmMuteRuleName: 'now' })
  expect(await cloudWatch.refusal('GetAlarmMuteRule', { AlarmMuteRuleName: 'now' })).toBe('ResourceNotFoundException: alarm-mute-rule now does not exist.')
})

test('is nobody else’s', async () => {
  expect(await cloudWatch.refusal('GetAlarmMuteRule', { AlarmMuteRuleName: 'now' }, STRANGER)).toContain('ResourceNotFoundException')
  await cloudWatch.run('DeleteAlarmMuteRule', { AlarmMuteRuleName: 'now' }, STRANGER)
  expect(await get('now')).toMatchObject({ Name: 'now' })
})

test('needs leave for the rule and for each of its alarms', () => {
  expect(cloudWatch.operation('PutAlarmMuteRule').resources(rule() as never, TENANT, cloudWatch.call().principal)).toEqual([
    `${ARN}sundays`, 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:disk',
  ])
})

test('a state set by hand is muted, too', async () => {
  const PAGE = 'arn:aws:sns:eu-west-1:123456789012:page'
  await cloudWatch.run('PutMetricAlarm', { AlarmName: 'cpu', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1,
    Threshold: 80, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [PAGE] })
  cloudWatch.now = epochMillis(NOW + 1000)
  await cloudWatch.run('SetAlarmState', { AlarmName: 'cpu', StateValue: 'ALARM', StateReason: 'drill' })
  expect(cloudWatch.alarms.publications).toEqual([])
  expect(cloudWatch.alarms.items.at(-1)).toMatchObject({ type: 'Action', summary: 'Actions muted by alarm mute rule "now"' })
})

test.each<[string, object, string]>([
  ['no such schedule', { Rule: { Schedule: { Expression: 'rate(1 hour)', Duration: 'PT4H' } } }, 'ValidationError: Invalid expression cron(rate(1 hour))'],
  ['too long a window', { Rule: { Schedule: { ...SUNDAYS.Schedule, Duration: 'P16D' } } }, 'ValidationError: Invalid duration P16D'],
  ['no such time zone', { Rule: { Schedule: { ...SUNDAYS.Schedule, Timezone: 'Mars' } } }, 'ValidationError: Invalid timezone Mars'],
  ['an end before its start', { StartDate: new Date(NOW + 2000), ExpireDate: new Date(NOW + 1000) }, 'ValidationError: ExpireDate must be after StartDate'],
  ['an end that is past', { ExpireDate: new Date(NOW) }, 'ValidationError: ExpireDate must be in the future'],
  ['no rule', { Rule: undefined }, "Value null at 'rule' failed to satisfy constraint"],
  ['101 alarms', { MuteTargets: { AlarmNames: Array.from({ length: 101 }, (_, i) => `a${i}`) } }, 'less than or equal to 100'],
])('refuses %s', async (_name, changes, refusal) => expect(await cloudWatch.refusal('PutAlarmMuteRule', rule(changes))).toContain(refusal))
