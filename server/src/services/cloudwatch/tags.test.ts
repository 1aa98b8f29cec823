import type { ListTagsForResourceOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { InMemoryCloudWatch, STRANGER } from './ports.test-support.ts'

const ALARM = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu: of "web"'

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  await cloudWatch.run('PutMetricAlarm', {
    AlarmName: 'cpu: of "web"', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 80,
    ComparisonOperator: 'GreaterThanThreshold', Tags: [{ Key: 'Severity', Value: 'P1' }],
  })
})

const tags = async () =>
  Object.fromEntries((await cloudWatch.run<ListTagsForResourceOutput>('ListTagsForResource',
    { ResourceARN: ALARM })).Tags!.map(({ Key, Value }) => [Key, Value]))

test('tags are added, overwritten and removed', async () => {
  await cloudWatch.run('TagResource', { ResourceARN: ALARM, Tags: [{ Key: 'Severity', Value: 'P2' }, { Key: 'Team', Value: '' }] })
  expect(await tags()).toEqual({ Severity: 'P2', Team: '' })
  await cloudWatch.run('UntagResource', { ResourceARN: ALARM, TagKeys: ['Severity', 'Nothing'] })
  expect(await tags()).toEqual({ Team: '' })
})

test.each<[string, object, string]>([
  ['an unknown alarm', { ResourceARN: `${ALARM}!` }, `ResourceNotFoundException: alarm ${ALARM}! does not exist.`],
  ['something else', { ResourceARN: 'arn:aws:cloudwatch:eu-west-1:123456789012:insight-rule/r' },
    'ResourceNotFoundException: insight-rule arn:aws:cloudwatch:eu-west-1:123456789012:insight-rule/r does not exist.'],
  ['another service', { ResourceARN: 'arn:aws:sns:eu-west-1:123456789012:t' },
    'InvalidParameterValue: The value arn:aws:sns:eu-west-1:123456789012:t for parameter ResourceARN is invalid.'],
  ['no ARN', { ResourceARN: 'cpu' }, 'InvalidParameterValue: The value cpu for parameter ResourceARN is invalid.'],
  ['nothing', { ResourceARN: undefined },
    "ValidationError: 1 validation error detected: Value null at 'resourceARN' failed to satisfy constraint: Member must not be null"],
])('all three refuse %s', async (_name, input, refusal) => {
  expect(await cloudWatch.refusal('TagResource', { Tags: [{ Key: 'a', Value: 'b' }], ...input })).toBe(refusal)
  expect(await cloudWatch.refusal('UntagResource', { TagKeys: ['a'], ...input })).toBe(refusal)
  expect(await cloudWatch.refusal('ListTagsForResource', input)).toBe(refusal)
})

test('another account does not reach the tags', async () => {
  expect(await cloudWatch.refusal('ListTagsForResource', { ResourceARN: ALARM },
    STRANGER)).toBe(`ResourceNotFoundException: alarm ${ALARM} does not exist.`)
  expect(await cloudWatch.refusal('TagResource', { ResourceARN: ALARM, Tags: [] },
    STRANGER)).toBe(`ResourceNotFoundException: alarm ${ALARM} does not exist.`)
})

test('at most fifty tags, counting those that are there', async () => {
  const fifty = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }))
  expect(await cloudWatch.refusal('TagResource', { ResourceARN: ALARM,
    Tags: fifty })).toBe('InvalidParameterValue: A resource can have at most 50 tags')
  await cloudWatch.run('TagResource', { ResourceARN: ALARM, Tags: fifty.slice(1) })
  expect(Object.keys(await tags())).toHaveLength(50)
})

test.each<[string, object, string]>([
  ['a key twice', [{ Key: 'k', Value: '1' }, { Key: 'k', Value: '2' }], 'InvalidParameterValue: Duplicate tag keys found: k'],
  ['a key of AWS', [{ Key: 'AWS:k', Value: '1' }], 'InvalidParameterValue: Tag keys starting with aws: are reserved for system use'],
  ['a long key', [{ Key: 'k'.repeat(129), Value: '1' }],
    `ValidationError: 1 validation error detected: Value '${'k'.repeat(129)}' at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`],
])('TagResource refuses %s', async (_name, Tags, refusal) => {
  expect(await cloudWatch.refusal('TagResource', { ResourceARN: ALARM, Tags })).toBe(refusal)
})
