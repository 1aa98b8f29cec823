import { describe, expect, test } from 'vitest'
import { CalledSns } from '../../../test/called-sns.ts'
import { rootOf } from '../../../test/called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../../../test/temporary-control.ts'

const ARN = 'arn:aws:sns:us-east-1:111111111111:pages'
const STATEMENT = { Sid: 's', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:Publish', Resource: ARN }
const attributesOf = async (sns: CalledSns, arn: string) => (await sns.run<{ Attributes: Record<string, string> }>('GetTopicAttributes', { TopicArn: arn })).Attributes

test('a new topic has the attributes that SNS gives it', async () => {
  const sns = new CalledSns()
  expect(await sns.run('CreateTopic', { Name: 'pages' })).toEqual({ TopicArn: ARN })
  const { Policy, ...attributes } = await attributesOf(sns, ARN)
  expect(attributes).toEqual({
    TopicArn: ARN,
    Owner: '111111111111',
    DisplayName: '',
    SubscriptionsConfirmed: '0',
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    EffectiveDeliveryPolicy:
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}',
  })
  expect(JSON.parse(Policy ?? '')).toMatchObject({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [{ Sid: '__default_statement_ID', Resource: ARN, Condition: { StringEquals: { 'AWS:SourceOwner': '111111111111' } } }],
  })
})

test('a FIFO topic says so', async () => {
  const sns = new CalledSns()
  const arn = await sns.topic('orders.fifo', { FifoTopic: 'true' })
  expect(await attributesOf(sns, arn)).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' })
})

test('creating again is harmless unless something would be different', async () => {
  const sns = new CalledSns()
  const first = { Name: 'pages', Attributes: { DisplayName: 'Pages' }, Tags: [{ Key: 'a', Value: 'b' }] }
  await sns.run('CreateTopic', first)
  for (const again of [first, { Name: 'pages' }, { Name: 'pages', Attributes: { SignatureVersion: '1' } }]) {
    expect(await sns.run('CreateTopic', again)).toEqual({ TopicArn: ARN })
  }
  expect(await sns.refusal('CreateTopic', { Name: 'pages', Attributes: { DisplayName: 'x' } })).toBe(
    '400 InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes',
  )
  expect(await sns.refusal('CreateTopic', { Name: 'pages', Tags: [{ Key: 'a', Value: 'c' }] })).toBe(
    '400 InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags',
  )
})

describe('refused', () => {
  test.each<[string, object, string]>([
    ['CreateTopic', { Name: 'a b' }, 'InvalidParameter: Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: '' }, 'InvalidParameter: Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: 'x'.repeat(257) }, 'InvalidParameter: Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: 'a.fifo' }, 'InvalidParameter: Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: 'a', Attributes: { FifoTopic: 'true' } }, 'InvalidParameter: Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: 'a', Attributes: { Colour: 'red' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: Unknown attribute Colour'],
    ['CreateTopic', { Name: 'a', Attributes: { ContentBasedDeduplication: 'true' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: Unknown attribute ContentBasedDeduplication'],
    ['CreateTopic', { Name: 'a', Attributes: { SignatureVersion: '3' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: SignatureVersion: Invalid value. Must be 1 or 2.'],
    ['CreateTopic', { Name: 'a', Attributes: { TracingConfig: 'On' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: Invalid tracing config value: On'],
    ['CreateTopic', { Name: 'a.fifo', Attributes: { FifoTopic: 'true', ArchivePolicy: '{"MessageRetentionPeriod":366}' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: ArchivePolicy: MessageRetentionPeriod value is invalid'],
    ['CreateTopic', { Name: 'a', Attributes: { Policy: JSON.stringify({ Statement: { ...STATEMENT, Action: 'SNS:Publishx' } }) } }, 'InvalidParameter: Invalid parameter: Attributes Reason: Policy statement action out of service scope!'],
    ['CreateTopic', { Name: 'a', Attributes: { SQSSuccessFeedbackSampleRate: '500' } }, 'InvalidParameter: Invalid parameter: Attributes Reason: SQSSuccessFeedbackSampleRate: 500 value provided is not an integer between 0-100'],
    ['CreateTopic', {}, "ValidationError: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ['CreateTopic', { Name: 'a', Tags: [{ Key: 'k', Value: '1' }, { Key: 'k', Value: '2' }] }, 'InvalidParameter: Invalid parameter: Duplicated keys are not allowed.'],
    ['GetTopicAttributes', { TopicArn: 'arn:aws:sts::111111111111:assumed-role/a/b' }, 'InvalidParameter: Invalid parameter: TopicArn Reason: A  ARN must begin with arn:null, not arn:aws:sts::111111111111:assumed-role/a/b'],
    ['GetTopicAttributes', { TopicArn: 'a:b' }, 'InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2'],
    ['GetTopicAttributes', { TopicArn: '' }, 'InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['GetTopicAttributes', { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:pages' }, 'InvalidParameter: Invalid parameter: TopicArn'],
    ['DeleteTopic', { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:pages' }, 'InvalidParameter: Invalid parameter: TopicArn'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'FifoTopic', AttributeValue: 'true' }, 'InvalidParameter: Invalid parameter: AttributeName'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'Owner', AttributeValue: 'x' }, 'InvalidParameter: Invalid parameter: AttributeName'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'SignatureVersion', AttributeValue: '3' }, 'InvalidParameter: Invalid parameter: SignatureVersion: Invalid value. Must be 1 or 2.'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'Policy', AttributeValue: '' }, 'InvalidParameter: Invalid parameter: Policy is empty'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'Policy', AttributeValue: '{' }, 'InvalidParameter: Invalid parameter: Policy Error: null'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'DeliveryPolicy', AttributeValue: '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}' }, 'InvalidParameter: Invalid parameter: DeliveryPolicy: http.defaultHealthyRetryPolicy.numRetries must be less than or equal to 100'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'DeliveryPolicy', AttributeValue: '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":21}}}' }, 'InvalidParameter: Invalid parameter: DeliveryPolicy: http.defaultHealthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'DeliveryPolicy', AttributeValue: '{"http":{"defaultHealthyRetryPolicy":{"maxDelayTarget":3600,"numRetries":2}}}' }, 'InvalidParameter: Invalid parameter: DeliveryPolicy: http.defaultHealthyRetryPolicy must not retry for longer than 3600 seconds'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'DeliveryPolicy', AttributeValue: '{"https":{}}' }, 'InvalidParameter: Invalid parameter: DeliveryPolicy: unexpected JSON member: https'],
    ['SetTopicAttributes', { TopicArn: ARN, AttributeName: 'DeliveryPolicy', AttributeValue: '{"http":{"defaultRequestPolicy":{"headerContentType":"image/png"}}}' }, 'InvalidParameter: Invalid parameter: DeliveryPolicy: http.defaultRequestPolicy.headerContentType is not supported'],
    ['ListTopics', { NextToken: 'nonsense' }, 'InvalidParameter: Invalid parameter: NextToken'],
    ['AddPermission', { TopicArn: ARN, Label: 'l', AWSAccountId: ['InvalidAccountId'], ActionName: ['Publish'] }, 'InvalidParameter: Invalid parameter: A provided account ID is not valid'],
    ['AddPermission', { TopicArn: ARN, Label: 'l', AWSAccountId: ['1'], ActionName: ['Fly'] }, 'InvalidParameter: Invalid parameter: Policy statement action out of service scope!'],
  ])('%s %j', async (name, input, message) => {
    const sns = new CalledSns()
    await sns.topic('pages')
    expect(await sns.refusal(name, input)).toBe(`400 ${message}`)
  })

  test.each(['GetTopicAttributes', 'SetTopicAttributes', 'ListSubscriptionsByTopic', 'AddPermission', 'RemovePermission'])('%s of an unknown topic', async name => {
    const sns = new CalledSns()
    const input = { TopicArn: ARN, AttributeName: 'DisplayName', AttributeValue: 'x', Label: 'l', AWSAccountId: ['1'], ActionName: ['Publish'] }
    expect(await sns.refusal(name, input)).toBe('404 NotFound: Topic does not exist')
  })
})

test.each([
    [{ a: 1 }, 'Policy Error: null'],
    [{ Statement: [] }, 'Policy Error: null'],
    [{ Version: '2020-01-01', Statement: [STATEMENT] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Principal: undefined, Principle: '*' }] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Principal: undefined }] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Principal: { AWS: [] } }] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Action: [{ sns: 'Publish' }] }] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Effect: 'Maybe' }] }, 'Policy Error: null'],
    [{ Statement: [{ ...STATEMENT, Action: ['sns:Publish', 'sns:CreateTopic'] }] }, 'Policy statement action out of service scope!'],
    [{ Statement: { ...STATEMENT, Action: 'SNS:*' } }, 'Policy statement action out of service scope!'],
    [{ Statement: [{ ...STATEMENT, Resource: [ARN, `${ARN}2`] }] }, 'Policy statement must apply to a single resource!'],
])('a policy of %j is refused: %s', async (policy, message) => {
  const sns = new CalledSns()
  await sns.topic('pages')
  const input = { TopicArn: ARN, AttributeName: 'Policy', AttributeValue: JSON.stringify(policy) }
  expect(await sns.refusal('SetTopicAttributes', input)).toBe(`400 InvalidParameter: Invalid parameter: ${message}`)
})

test('attributes are set, shown and set back', async () => {
  const sns = new CalledSns()
  await sns.topic('pages')
  const set = (name: string, value: string) => sns.run('SetTopicAttributes', { TopicArn: ARN, AttributeName: name, AttributeValue: value })
  await set('DisplayName', 'Pages')
  await set('DeliveryPolicy', '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":60,"numRetries":50,"numNoDelayRetries":3,"numMinDelayRetries":2,"numMaxDelayRetries":35,"backoffFunction":"exponential"}}}')
  const attributes = await attributesOf(sns, ARN)
  expect(attributes['DisplayName']).toBe('Pages')
  expect(attributes['EffectiveDeliveryPolicy']).toContain('"maxDelayTarget":60,"numRetries":50')
  await set('DeliveryPolicy', '')
  expect(await attributesOf(sns, ARN)).not.toHaveProperty('DeliveryPolicy')
})

test('topics come in pages of a hundred, by name, and stay in place when some are deleted between', async () => {
  const sns = new CalledSns()
  for (let n = 0; n < 205; n++) await sns.topic(`t${String(n).padStart(3, '0')}`)
  const list = (NextToken?: string) => sns.run<{ Topics: { TopicArn: string }[]; NextToken?: string }>('ListTopics', { NextToken })
  const first = await list()
  expect(first.Topics).toHaveLength(100)
  expect(first.Topics[99]?.TopicArn).toMatch(/:t099$/)
  await sns.run('DeleteTopic', { TopicArn: first.Topics[0]?.TopicArn })
  const second = await list(first.NextToken)
  expect(second.Topics[0]?.TopicArn).toMatch(/:t100$/)
  const third = await list(second.NextToken)
  expect([third.Topics.length, third.NextToken]).toEqual([5, undefined])
})

test('deleting a topic that is not there succeeds', async () => {
  expect(await new CalledSns().run('DeleteTopic', { TopicArn: ARN })).toBeUndefined()
})

test('permissions are statements of the topic\'s policy', async () => {
  const sns = new CalledSns()
  await sns.topic('pages')
  const add = { TopicArn: ARN, Label: 'l', AWSAccountId: ['222222222222'], ActionName: ['Publish'] }
  const sids = async () => (JSON.parse((await attributesOf(sns, ARN))['Policy'] ?? '') as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid)
  await sns.run('AddPermission', add)
  expect(await sids()).toEqual(['__default_statement_ID', 'l'])
  expect(await sns.refusal('AddPermission', add)).toBe('400 InvalidParameter: Invalid parameter: Statement already exists')
  await sns.run('RemovePermission', { TopicArn: ARN, Label: 'l' })
  await sns.run('RemovePermission', { TopicArn: ARN, Label: 'never there' })
  expect(await sids()).toEqual(['__default_statement_ID'])
  await sns.run('SetTopicAttributes', { TopicArn: ARN, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement: STATEMENT }) })
  await sns.run('AddPermission', add)
  expect(await sids()).toEqual(['s', 'l'])
})

test('tags live and die with their topic', async () => {
  const sns = new CalledSns()
  await sns.run('CreateTopic', { Name: 'pages', Tags: [{ Key: 'a', Value: '1' }] })
  await sns.run('TagResource', { ResourceArn: ARN, Tags: [{ Key: 'b', Value: '2' }, { Key: 'a', Value: '3' }] })
  const tags = async () => (await sns.run('ListTagsForResource', { ResourceArn: ARN }))['Tags']
  expect(await tags()).toEqual([{ Key: 'a', Value: '3' }, { Key: 'b', Value: '2' }])
  await sns.run('UntagResource', { ResourceArn: ARN, TagKeys: ['a', 'unknown'] })
  expect(await tags()).toEqual([{ Key: 'b', Value: '2' }])
  const many = Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}`, Value: '' }))
  expect(await sns.refusal('TagResource', { ResourceArn: ARN, Tags: many })).toBe('400 TagLimitExceeded: Could not complete request: tag quota of per resource exceeded')
  await sns.run('DeleteTopic', { TopicArn: ARN })
  for (const name of ['TagResource', 'UntagResource', 'ListTagsForResource']) {
    expect(await sns.refusal(name, { ResourceArn: ARN, Tags: [], TagKeys: [] })).toBe('404 ResourceNotFound: Resource does not exist')
  }
})

test('another account or region sees nothing and changes nothing', async () => {
  const sns = new CalledSns()
  await sns.topic('pages')
  expect(await sns.run('ListTopics', {}, rootOf(THEIRS), THEIRS)).toEqual({ Topics: [] })
  expect(await sns.run('ListTopics', {}, rootOf(OURS), ELSEWHERE)).toEqual({ Topics: [] })
  expect(await sns.refusal('GetTopicAttributes', { TopicArn: ARN }, rootOf(THEIRS), THEIRS)).toBe('404 NotFound: Topic does not exist')
  expect(await sns.refusal('Publish', { TopicArn: ARN, Message: 'x' }, rootOf(THEIRS), THEIRS)).toBe('404 NotFound: Topic does not exist')
  expect(await sns.refusal('TagResource', { ResourceArn: ARN, Tags: [] }, rootOf(THEIRS), THEIRS)).toBe('404 ResourceNotFound: Resource does not exist')
  await sns.run('DeleteTopic', { TopicArn: ARN }, rootOf(THEIRS), THEIRS)
  expect(await sns.run('ListTopics', {})).toEqual({ Topics: [{ TopicArn: ARN }] })
})

test('a topic that is to keep its messages is not deleted', async () => {
  const sns = new CalledSns()
  const TopicArn = await sns.topic('kept.fifo', { FifoTopic: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"30"}' })
  expect(await sns.refusal('DeleteTopic', { TopicArn })).toBe('400 InvalidState: Invalid state: Cannot delete a topic with an ArchivePolicy')
  await sns.run('SetTopicAttributes', { TopicArn, AttributeName: 'ArchivePolicy', AttributeValue: '{}' })
  expect(await sns.run('DeleteTopic', { TopicArn })).toBeUndefined()
})
