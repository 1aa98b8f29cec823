import { describe, expect, test } from 'vitest'
import { CalledSns } from '../../../test/called-sns.ts'
import { nobody, rootOf } from '../../../test/called-service.ts'
import { OURS, THEIRS } from '../../../test/temporary-control.ts'
import { millis } from '../../base/time.ts'

const HOOK = 'https://example.com/hook'
const SLACK = 'https://hooks.slack.com/services/T/B/secret'
const KEY = '0123456789abcdef0123456789ABCDEF'
const DAY = 86_400_000

const attributesOf = async (sns: CalledSns, arn: string) => (await sns.run<{ Attributes: Record<string, string> }>('GetSubscriptionAttributes', { SubscriptionArn: arn })).Attributes
const listed = async (sns: CalledSns) => (await sns.run<{ Subscriptions: { SubscriptionArn: string; Endpoint: string }[] }>('ListSubscriptions', {})).Subscriptions

test('a webhook is asked first, and hears of messages once it has confirmed', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  expect(await sns.run('Subscribe', { TopicArn: topic, Protocol: 'https', Endpoint: HOOK })).toEqual({ SubscriptionArn: 'pending confirmation' })
  const [asked, ...others] = await sns.sent()
  expect(others).toEqual([])
  expect(asked).toMatchObject({
    type: 'SubscriptionConfirmation',
    token: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    subscription: { endpoint: HOOK },
    publication: { message: `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.` },
  })
  expect((await listed(sns)).map(({ SubscriptionArn }) => SubscriptionArn)).toEqual(['PendingConfirmation'])
  await sns.run('Publish', { TopicArn: topic, Message: 'too early' })
  expect(await sns.sent()).toEqual([])

  const confirm = { TopicArn: topic, Token: asked?.token }
  for (const elsewhere of ['arn:aws:sns:eu-west-3:111111111111:pages', 'arn:aws:sns:us-east-1:222222222222:pages']) {
    expect(await sns.refusal('ConfirmSubscription', { ...confirm, TopicArn: elsewhere }, nobody(OURS))).toBe('400 InvalidParameter: Invalid parameter: Topic')
  }
  const confirmed = await sns.run('ConfirmSubscription', confirm, nobody(THEIRS), THEIRS)
  expect(confirmed).toEqual({ SubscriptionArn: asked?.subscription.arn })
  expect(await sns.run('ConfirmSubscription', confirm, nobody(THEIRS), THEIRS)).toEqual(confirmed)
  expect(await sns.run('ConfirmSubscription', { ...confirm, TopicArn: `${topic}s` }, nobody(THEIRS), THEIRS)).toEqual(confirmed)
  await sns.run('Publish', { TopicArn: topic, Message: 'now' })
  expect((await sns.sent()).map(({ publication }) => publication.message)).toEqual(['now'])
  expect((await sns.run<{ Attributes: object }>('GetTopicAttributes', { TopicArn: topic })).Attributes).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '0' })
})

test('subscribing again asks again while it waits, and answers the same subscription', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arn = await sns.subscribe(topic, HOOK, { RawMessageDelivery: 'TRUE' })
  expect(await sns.subscribe(topic, HOOK, { RawMessageDelivery: 'true' })).toBe(arn)
  expect(await sns.sent()).toHaveLength(2)
  expect(await sns.refusal('Subscribe', { TopicArn: topic, Protocol: 'https', Endpoint: HOOK, Attributes: { RawMessageDelivery: 'false' } })).toBe(
    '400 InvalidParameter: Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
  )
})

test('a token lapses after two days, and the subscription with it', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arn = await sns.subscribe(topic, HOOK)
  const [asked] = await sns.sent()
  await sns.clock.advance(millis(2 * DAY))
  expect(await sns.refusal('ConfirmSubscription', { TopicArn: topic, Token: asked?.token }, nobody(OURS))).toBe('400 InvalidParameter: Invalid parameter: Token')
  expect(await listed(sns)).toEqual([])
  expect(await sns.refusal('GetSubscriptionAttributes', { SubscriptionArn: arn })).toBe('404 NotFound: Subscription does not exist')
  expect(await sns.subscribe(topic, HOOK)).not.toBe(arn)
})

test.each([
  ['slack', SLACK],
  ['https', SLACK],
  ['pagerduty', KEY],
  ['https', `https://events.pagerduty.com/integration/${KEY}/enqueue`],
])('%s %s knows its own secret and is not asked', async (Protocol, Endpoint) => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const { SubscriptionArn } = await sns.run<{ SubscriptionArn: string }>('Subscribe', { TopicArn: topic, Protocol, Endpoint })
  expect(SubscriptionArn).toMatch(/:pages:[0-9a-f-]{36}$/)
  expect(await attributesOf(sns, SubscriptionArn)).toMatchObject({ PendingConfirmation: 'false', ConfirmationWasAuthenticated: 'true', Endpoint })
  expect(await sns.sent()).toEqual([])
})

test('a confirmed webhook shows the attributes that SNS shows', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arn = await sns.listener(topic, HOOK, { FilterPolicy: '{"a":["b"]}' })
  expect(await attributesOf(sns, arn)).toEqual({
    SubscriptionArn: arn,
    TopicArn: topic,
    Protocol: 'https',
    Endpoint: HOOK,
    Owner: '111111111111',
    SubscriptionPrincipal: 'arn:aws:iam::111111111111:root',
    PendingConfirmation: 'false',
    ConfirmationWasAuthenticated: 'true',
    RawMessageDelivery: 'false',
    FilterPolicy: '{"a":["b"]}',
    FilterPolicyScope: 'MessageAttributes',
    EffectiveDeliveryPolicy:
      '{"healthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"sicklyRetryPolicy":null,"throttlePolicy":null,"requestPolicy":{"headerContentType":"text/plain; charset=UTF-8"},"guaranteed":false}',
  })
})

describe('refused', () => {
  const subscribing = (Protocol: string, Endpoint: string, Attributes: object = {}) => ({ Protocol, Endpoint, Attributes })
  test.each<[object, string]>([
    [subscribing('test-protocol', 'x'), 'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol'],
    [subscribing('http', HOOK), 'Invalid parameter: Endpoint must match the specified protocol'],
    [subscribing('https', 'https://'), 'Invalid parameter: Endpoint'],
    [subscribing('https', ''), 'Invalid parameter: Endpoint'],
    [subscribing('email', 'nobody'), 'Invalid parameter: Email address'],
    [subscribing('email', 'a@b\r\nBcc: c@d'), 'Invalid parameter: Email address'],
    [subscribing('sqs', 'queue'), 'Invalid parameter: SQS endpoint ARN'],
    [subscribing('sqs', 'arn:aws:sns:us-east-1:111111111111:t'), 'Invalid parameter: SQS endpoint ARN'],
    [subscribing('lambda', 'f'), 'Invalid parameter: Lambda endpoint ARN'],
    [subscribing('firehose', 'f'), 'Invalid parameter: Firehose endpoint ARN'],
    [subscribing('application', 'arn:aws:sns:us-east-1:111111111111:app'), 'Invalid parameter: Application endpoint arn invalid:arn:aws:sns:us-east-1:111111111111:app'],
    [subscribing('sqs', 'arn:aws:sqs:us-east-1:111111111111:q'), 'Invalid parameter: Protocol Reason: Tocsin does not deliver to sqs endpoints yet'],
    [subscribing('lambda', 'arn:aws:lambda:us-east-1:111111111111:function:f'), 'Invalid parameter: Protocol Reason: Tocsin does not deliver to lambda endpoints yet'],
    [subscribing('sms', 'NAA+15551234567'), 'Invalid SMS endpoint: NAA+15551234567'],
    [subscribing('slack', 'general'), 'Invalid parameter: Endpoint Reason: the URL of an incoming webhook is expected'],
    [subscribing('pagerduty', 'short'), 'Invalid parameter: Endpoint Reason: a routing key of 32 characters, or an events URL that holds one, is expected'],
    [subscribing('https', 'https://events.pagerduty.com/v2/enqueue'), 'Invalid parameter: Endpoint Reason: a routing key of 32 characters, or an events URL that holds one, is expected'],
    [subscribing('https', HOOK, { Colour: 'red' }), 'Invalid parameter: Attributes Reason: AttributeName'],
    [subscribing('https', HOOK, { RawMessageDelivery: 'x' }), 'Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [x]. Must be true or false.'],
    [subscribing('email', 'a@b.c', { RawMessageDelivery: 'true' }), 'Invalid parameter: Attributes Reason: Delivery protocol [email] does not support raw message delivery.'],
    [subscribing('https', HOOK, { FilterPolicyScope: 'RandomValue' }), 'Invalid parameter: Attributes Reason: FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes'],
    [subscribing('https', HOOK, { RedrivePolicy: '{"deadLetterTargetArn":"x"}' }), 'Invalid parameter: Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn'],
    [subscribing('https', HOOK, { RedrivePolicy: '{}' }), 'Invalid parameter: Attributes Reason: RedrivePolicy: Missing deadLetterTargetArn attribute'],
    [subscribing('https', HOOK, { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111111111111:q","maxReceiveCount":5}' }),
      'Invalid parameter: Attributes Reason: RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.'],
    [subscribing('https', HOOK, { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sns:us-east-1:111111111111:t"}' }),
      'Invalid parameter: Attributes Reason: RedrivePolicy: deadLetterTargetArn must be a SQS queue'],
    [subscribing('https', HOOK, { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111111111111:q"}' }),
      'Invalid parameter: Attributes Reason: RedrivePolicy: deadLetterTargetArn must be in the same region as the subscription'],
    [subscribing('https', HOOK, { FilterPolicy: '{store' }),
      "Invalid parameter: Attributes Reason: FilterPolicy: failed to parse JSON. Unexpected character ('s' (code 115)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]"],
    [subscribing('https', HOOK, { FilterPolicy: '{"a":{"b":["c"]}}' }), 'Invalid parameter: Attributes Reason: Filter policy scope MessageAttributes does not support nested filter policy'],
    [subscribing('https', HOOK, { DeliveryPolicy: '{"healthyRetryPolicy":{"minDelayTarget":21,"maxDelayTarget":20,"numRetries":101}}' }),
      'Invalid parameter: Attributes Reason: DeliveryPolicy: healthyRetryPolicy.numRetries must be less than or equal to 100'],
    [subscribing('https', HOOK, { DeliveryPolicy: '{"healthyRetryPolicy":{"numRetries":2,"numNoDelayRetries":3}}' }),
      'Invalid parameter: Attributes Reason: DeliveryPolicy: healthyRetryPolicy.numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries'],
    [subscribing('https', HOOK, { DeliveryPolicy: '{"throttlePolicy":{"maxReceivesPerSecond":0}}' }), 'Invalid parameter: Attributes Reason: DeliveryPolicy: throttlePolicy.maxReceivesPerSecond must be >= 1'],
  ])('%j', async (input, message) => {
    const sns = new CalledSns()
    expect(await sns.refusal('Subscribe', { TopicArn: await sns.topic('pages'), ...input })).toBe(`400 InvalidParameter: ${message}`)
    expect(await listed(sns)).toEqual([])
  })

  test('a webhook of a FIFO topic', async () => {
    const sns = new CalledSns()
    const topic = await sns.topic('orders.fifo', { FifoTopic: 'true' })
    expect(await sns.refusal('Subscribe', { TopicArn: topic, ...subscribing('https', HOOK) })).toBe(
      '400 InvalidParameter: Invalid parameter: Invalid protocol type: https',
    )
  })

  test.each<[string, object, string]>([
    ['Subscribe', { TopicArn: 'x', Protocol: 'https', Endpoint: HOOK }, '400 InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['Subscribe', { TopicArn: 'arn:aws:sns:us-east-1:111111111111:none', Protocol: 'https', Endpoint: HOOK }, '404 NotFound: Topic does not exist'],
    ['ConfirmSubscription', { TopicArn: 'x', Token: 'ab' }, '400 InvalidParameter: Invalid parameter: Topic'],
    ['ConfirmSubscription', { TopicArn: 'arn:aws:sns:us-east-1:111111111111:pages', Token: 'abc' }, '400 InvalidParameter: Invalid parameter: Token'],
    ['ConfirmSubscription', { TopicArn: 'arn:aws:sns:us-east-1:111111111111:pages', Token: "' or 1=1" }, '400 InvalidParameter: Invalid token'],
    ['Unsubscribe', { SubscriptionArn: '' }, '400 InvalidParameter: Invalid parameter: SubscriptionArn Reason: no value for required parameter'],
    ['Unsubscribe', { SubscriptionArn: 'a:b:c' }, '400 InvalidParameter: Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 3'],
    ['Unsubscribe', { SubscriptionArn: 'arn:aws:sns:us-east-1:111111111111:pages' }, '400 InvalidParameter: Invalid parameter: SubscriptionId'],
    ['GetSubscriptionAttributes', { SubscriptionArn: 'arn:aws:sns:us-east-1:111111111111:pages:3f2a9c1e-0b4d-4c6a-8e57-1d2f3a4b5c6d' }, '404 NotFound: Subscription does not exist'],
    ['SetSubscriptionAttributes', { SubscriptionArn: 'arn:aws:sns:us-east-1:111111111111:pages:3f2a9c1e-0b4d-4c6a-8e57-1d2f3a4b5c6d', AttributeName: 'FilterPolicy' }, '404 NotFound: Subscription does not exist'],
    ['GetSubscriptionAttributes', { SubscriptionArn: 'arn:aws:sns:us-east-1:111111111111:pages' }, '400 InvalidParameter: Invalid parameter: SubscriptionId'],
    ['Unsubscribe', { SubscriptionArn: 'arn:aws:sns:us-east-1:111111111111:pages:x' }, '400 InvalidParameter: Invalid parameter: SubscriptionId'],
  ])('%s %j', async (name, input, message) => {
    const sns = new CalledSns()
    await sns.topic('pages')
    expect(await sns.refusal(name, input)).toBe(message)
  })
})

test('attributes are set one by one, and a scope must fit its filter', async () => {
  const sns = new CalledSns()
  const arn = await sns.listener(await sns.topic('pages'), HOOK)
  const set = (AttributeName: string, AttributeValue: string) => ({ SubscriptionArn: arn, AttributeName, AttributeValue })
  expect(await sns.refusal('SetSubscriptionAttributes', set('Endpoint', 'x'))).toBe('400 InvalidParameter: Invalid parameter: AttributeName')
  expect(await sns.refusal('SetSubscriptionAttributes', set('FilterPolicy', '{"key_a":"value_one"}'))).toBe(
    '400 InvalidParameter: Invalid parameter: FilterPolicy: "key_a" must be an object or an array\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 11]',
  )
  await sns.run('SetSubscriptionAttributes', set('FilterPolicyScope', 'MessageBody'))
  expect(await attributesOf(sns, arn)).not.toHaveProperty('FilterPolicyScope')
  await sns.run('SetSubscriptionAttributes', set('FilterPolicy', '{"object":{"key":["x"]}}'))
  expect(await attributesOf(sns, arn)).toMatchObject({ FilterPolicyScope: 'MessageBody' })
  expect(await sns.refusal('SetSubscriptionAttributes', set('FilterPolicyScope', 'MessageAttributes'))).toBe(
    '400 InvalidParameter: Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy',
  )
  await sns.run('SetSubscriptionAttributes', set('FilterPolicy', ''))
  await sns.run('SetSubscriptionAttributes', set('RawMessageDelivery', 'True'))
  expect(await attributesOf(sns, arn)).toMatchObject({ RawMessageDelivery: 'true' })
  expect(await attributesOf(sns, arn)).not.toHaveProperty('FilterPolicy')
})

test('whoever holds the link may unsubscribe; the goodbye\'s link takes it up again', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arn = await sns.listener(topic, HOOK)
  await sns.run('Unsubscribe', { SubscriptionArn: arn }, nobody(THEIRS), THEIRS)
  const [goodbye] = await sns.sent()
  expect(goodbye).toMatchObject({ type: 'UnsubscribeConfirmation', subscription: { arn } })
  expect(await listed(sns)).toEqual([])
  expect((await sns.run<{ Attributes: object }>('GetTopicAttributes', { TopicArn: topic })).Attributes).toMatchObject({ SubscriptionsDeleted: '1' })
  await sns.run('Publish', { TopicArn: topic, Message: 'unheard' })
  expect(await sns.sent()).toEqual([])
  expect(await sns.run('ConfirmSubscription', { TopicArn: topic, Token: goodbye?.token }, nobody(OURS))).toEqual({ SubscriptionArn: arn })
  await sns.run('Publish', { TopicArn: topic, Message: 'heard' })
  expect(await sns.sent()).toHaveLength(1)
})

test('the owner unsubscribes without a goodbye; strangers with a signature cannot', async () => {
  const sns = new CalledSns()
  const arn = await sns.listener(await sns.topic('pages'), HOOK)
  await sns.run('Unsubscribe', { SubscriptionArn: arn }, rootOf(THEIRS), THEIRS)
  expect(await listed(sns)).toHaveLength(1)
  await sns.run('Unsubscribe', { SubscriptionArn: arn })
  await sns.run('Unsubscribe', { SubscriptionArn: arn })
  expect(await listed(sns)).toEqual([])
  expect(await sns.sent()).toEqual([])
})

test('a subscription confirmed with AuthenticateOnUnsubscribe is ended by a signed request only', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arn = await sns.subscribe(topic, HOOK)
  const [asked] = await sns.sent()
  const confirm = { TopicArn: topic, Token: asked?.token, AuthenticateOnUnsubscribe: 'true' }
  expect(await sns.refusal('ConfirmSubscription', confirm, nobody(OURS))).toMatch(/^403 AuthorizationError/)
  await sns.run('ConfirmSubscription', confirm)
  expect(await sns.refusal('Unsubscribe', { SubscriptionArn: arn }, nobody(OURS))).toMatch(/^403 AuthorizationError/)
  await sns.run('Unsubscribe', { SubscriptionArn: arn })
  expect(await listed(sns)).toEqual([])
})

test('subscriptions come in pages of a hundred, in order of creation, by topic', async () => {
  const sns = new CalledSns()
  const [pages, other] = [await sns.topic('pages'), await sns.topic('other')]
  for (let n = 0; n < 101; n++) await sns.run('Subscribe', { TopicArn: pages, Protocol: 'slack', Endpoint: `https://hooks.slack.com/${n}` })
  await sns.run('Subscribe', { TopicArn: other, Protocol: 'slack', Endpoint: SLACK })
  const list = (input: object) => sns.run<{ Subscriptions: { Endpoint: string }[]; NextToken?: string }>('ListSubscriptionsByTopic', input)
  const first = await list({ TopicArn: pages })
  expect(first.Subscriptions).toHaveLength(100)
  const second = await list({ TopicArn: pages, NextToken: first.NextToken })
  expect(second).toEqual({ Subscriptions: [expect.objectContaining({ Endpoint: 'https://hooks.slack.com/100', Owner: '111111111111', TopicArn: pages }) as unknown] })
  expect((await list({ TopicArn: other })).Subscriptions).toHaveLength(1)
})

test('two calls at once make one subscription', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const arns = await Promise.all([sns.subscribe(topic, HOOK), sns.subscribe(topic, HOOK)])
  expect(arns[0]).toBe(arns[1])
})

test('a topic holds two hundred filter policies', async () => {
  const sns = new CalledSns()
  const topic = await sns.topic('pages')
  const filtered = (n: number) => ({ TopicArn: topic, Protocol: 'slack', Endpoint: `https://hooks.slack.com/${n}`, Attributes: { FilterPolicy: '{"a":["b"]}' } })
  for (let n = 0; n < 200; n++) await sns.run('Subscribe', filtered(n))
  expect(await sns.refusal('Subscribe', filtered(200))).toMatch(/^403 FilterPolicyLimitExceeded/)
})
