import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { messageFor } from '../../src/notify/content.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { aSubscription, aTopic } from '../control-samples.ts'
import { OURS, THEIRS } from '../temporary-control.ts'
import { ArrivalHouse } from './arrival-house.ts'

const telemetry = await scratchTelemetry()
const ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:g'
const TOPIC = 'arn:aws:sns:us-east-1:111111111111:pages'
const LAMBDA = 'arn:aws:lambda:us-east-1:111111111111:function:f'
const ROLE = 'arn:aws:iam::111111111111:role/r'

const subscribe = (house: ArrivalHouse, filterName: string, filterPattern: string, destinationArn: string, more: object = {}): Promise<unknown> =>
  house.called.run('PutSubscriptionFilter', { logGroupName: 'g', filterName, filterPattern, destinationArn, ...more })

const withTopic = async (): Promise<ArrivalHouse> => {
  const house = await ArrivalHouse.open(telemetry)
  await house.called.store.topics.put(aTopic(OURS, 'pages'))
  await house.called.store.subscriptions.put(aSubscription(OURS, 'pages', 'https://hooks.example.com/x'))
  return house
}

interface DataMessage {
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[]
}

test('a topic gets words for people and the documented payload for programs', async () => {
  const house = await withTopic()
  await subscribe(house, 'errors', 'ERROR', TOPIC)
  await house.put('ERROR disk full', 'fine', 'ERROR again')
  const [one, ...others] = await house.outgoing()
  expect(others).toEqual([])
  const { publication, subscription } = one!
  expect(subscription.protocol).toBe('https')
  expect(publication.subject).toBe('2 log events in g: errors')
  expect(JSON.parse(messageFor(publication, 'https'))).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '111111111111',
    logGroup: 'g',
    logStream: 's',
    subscriptionFilters: ['errors'],
    logEvents: [
      { id: expect.stringMatching(/^\d{56}$/) as unknown, timestamp: house.called.clock.now(), message: 'ERROR disk full' },
      { id: expect.stringMatching(/^\d{56}$/) as unknown, timestamp: house.called.clock.now(), message: 'ERROR again' },
    ],
  })
  expect(messageFor(publication, 'slack')).toBe([
    '2 log events matching ERROR with the filter "errors" in g, stream s',
    '',
    '2026-01-01T00:00:00.000Z  ERROR disk full',
    '2026-01-01T00:00:00.000Z  ERROR again',
    '',
    'http://console/g',
  ].join('\n'))
})

test('people read twenty lines of many, none endless', async () => {
  const house = await withTopic()
  await subscribe(house, 'all', '', TOPIC)
  await house.put(...Array.from({ length: 50 }, (_, n) => `${n} ${'x'.repeat(2000)}`))
  const text = messageFor((await house.outgoing())[0]!.publication, 'email')
  expect(text.split('\n')).toHaveLength(25)
  expect(text).toContain('… and 30 more')
  expect(text.length).toBeLessThan(12_000)
})

test('an http address gets what a Lambda function would get, and events of one stream in parts that are not too long', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await subscribe(house, 'all', '', 'https://collector.example.com/in?key=secret')
  await house.put('a', 'b')
  const [{ publication, subscription }] = await house.outgoing() as [Awaited<ReturnType<ArrivalHouse['outgoing']>>[number]]
  expect(subscription).toMatchObject({ protocol: 'logs', endpoint: 'https://collector.example.com/in?key=secret', topicArn: `${ARN}:subscription-filter:all` })
  const { awslogs } = JSON.parse(publication.message) as { awslogs: { data: string } }
  const { logEvents } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()) as DataMessage
  expect(logEvents.map(({ message }) => message)).toEqual(['a', 'b'])
})

test('an address of Slack gets the words', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await subscribe(house, 'all', 'ERROR', 'https://hooks.slack.com/services/T/B/x')
  await house.put('ERROR')
  const [one] = await house.outgoing()
  expect(one!.subscription.protocol).toBe('https')
  expect(messageFor(one!.publication, 'slack')).toContain('1 log event matching ERROR')
})

test('a destination leads where it leads by now', async () => {
  const house = await withTopic()
  const { called } = house
  await called.run('PutDestination', { destinationName: 'd', targetArn: 'https://old.example.com/', roleArn: ROLE })
  await subscribe(house, 'all', '', 'arn:aws:logs:us-east-1:111111111111:destination:d')
  await called.run('PutDestination', { destinationName: 'd', targetArn: 'https://new.example.com/', roleArn: ROLE })
  await house.put('a')
  expect((await house.outgoing()).map(({ subscription }) => subscription.endpoint)).toEqual(['https://new.example.com/'])
  await called.run('PutDestinationPolicy', { destinationName: 'd', accessPolicy: ANYBODY })
  expect(await called.run('DescribeDestinations', { DestinationNamePrefix: 'd' })).toEqual({
    destinations: [{
      destinationName: 'd', targetArn: 'https://new.example.com/', roleArn: ROLE, accessPolicy: ANYBODY, arn: 'arn:aws:logs:us-east-1:111111111111:destination:d', creationTime: called.clock.now(),
    }],
  })
  await called.run('DeleteDestination', { destinationName: 'd' })
  expect(await called.run('DescribeDestinations', {})).toEqual({ destinations: [] })
  await house.put('b')
  expect((await house.outgoing()).map(({ subscription }) => subscription.endpoint)).toEqual(['arn:aws:logs:us-east-1:111111111111:destination:d'])
})

test('what nothing can take is written down once a minute, not for every request', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await subscribe(house, 'fn', '', LAMBDA)
  for (let n = 0; n < 5; n++) await house.put('a')
  expect((await house.outgoing()).map(({ subscription }) => subscription.endpoint)).toEqual([LAMBDA])
  await house.called.clock.advance(millis(60_000))
  await house.put('a')
  expect(await house.outgoing()).toHaveLength(1)
})

test('filters are described by prefix, in pages, and deleted', async () => {
  const house = await withTopic()
  const { called } = house
  await subscribe(house, 'b', '[a, b = 1*]', TOPIC, { distribution: 'Random' })
  await subscribe(house, 'a', '', LAMBDA)
  type Page = { subscriptionFilters: { filterName: string }[]; nextToken?: string }
  const describe = (input: object) => called.run<Page>('DescribeSubscriptionFilters', { logGroupName: 'g', ...input })
  expect((await describe({ filterNamePrefix: 'b' })).subscriptionFilters).toEqual([{
    filterName: 'b', logGroupName: 'g', filterPattern: '[a, b = 1*]', destinationArn: TOPIC, distribution: 'Random', applyOnTransformedLogs: false, creationTime: called.clock.now(),
  }])
  const first = await describe({ limit: 1 })
  expect([...first.subscriptionFilters, ...(await describe({ limit: 1, nextToken: first.nextToken })).subscriptionFilters].map(({ filterName }) => filterName)).toEqual(['a', 'b'])
  await called.run('DeleteSubscriptionFilter', { logGroupName: 'g', filterName: 'b' })
  expect((await describe({})).subscriptionFilters).toHaveLength(1)
})

const ANYBODY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"*"}]}'
const VALID = { logGroupName: 'g', filterName: 'f', filterPattern: '', destinationArn: LAMBDA }

test.each<[string, object, string | RegExp]>([
  ['PutSubscriptionFilter', { ...VALID, logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['PutSubscriptionFilter', { ...VALID, filterPattern: '[unclosed' }, 'InvalidParameterException: If a filter pattern starts with \'[\' it must end with \']\''],
  ['PutSubscriptionFilter', { ...VALID, filterPattern: '{' }, /^400 InvalidParameterException: Invalid filter pattern/],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: LAMBDA.replace('111111111111', '222222222222') }, 'AccessDeniedException: Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.'],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: 'arn:aws:kinesis:us-east-1:111111111111:stream/s' }, 'InvalidParameterException: destinationArn for vendor kinesis cannot be used without roleArn'],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: 'arn:aws:firehose:us-east-1:111111111111:deliverystream/s' }, 'InvalidParameterException: destinationArn for vendor firehose cannot be used without roleArn'],
  ['PutSubscriptionFilter', { ...VALID, roleArn: ROLE }, 'InvalidParameterException: destinationArn for vendor lambda cannot be used with roleArn'],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: `${TOPIC}x` }, /^400 InvalidParameterException: Could not deliver test message to specified SNS topic/],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: TOPIC.replace('111111111111', THEIRS.account) }, /^400 AccessDeniedException: /],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: 'arn:aws:logs:us-east-1:111111111111:destination:none' }, /^400 InvalidParameterException: Could not deliver test message/],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: 'ftp://example.com' }, /^400 InvalidParameterException: destinationArn must be/],
  ['PutSubscriptionFilter', { ...VALID, destinationArn: 'arn:aws:sqs:us-east-1:111111111111:q' }, 'InvalidParameterException: PutSubscriptionFilter operation cannot work with destinationArn for vendor sqs'],
  ['PutSubscriptionFilter', { ...VALID, distribution: 'Some' }, /Member must satisfy enum value set: \[Random, ByLogStream\]$/],
  ['DeleteSubscriptionFilter', { logGroupName: 'g', filterName: 'f' }, 'ResourceNotFoundException: The specified subscription filter does not exist.'],
  ['DescribeSubscriptionFilters', {}, /Value null at 'logGroupName'/],
  ['PutDestination', { destinationName: 'd', targetArn: 'x' }, /Value null at 'roleArn'/],
  ['PutDestination', { destinationName: 'd', targetArn: 'x', roleArn: ROLE }, /^400 InvalidParameterException: destinationArn must be/],
  ['PutDestination', { destinationName: 'd', targetArn: 'https://x', roleArn: ROLE, tags: {} }, /Value at 'tags'/],
  ['PutDestinationPolicy', { destinationName: 'd', accessPolicy: '{}' }, 'ResourceNotFoundException: The specified destination does not exist.'],
  ['DeleteDestination', { destinationName: 'd' }, 'ResourceNotFoundException: The specified destination does not exist.'],
])('%s of %j is refused', async (operation, input, refusal) => {
  const { called } = await withTopic()
  const said = await called.refusal(operation, input)
  if (typeof refusal === 'string') expect(said).toBe(`400 ${refusal}`)
  else expect(said).toMatch(refusal)
})

test('a group has at most two', async () => {
  const house = await withTopic()
  await subscribe(house, 'a', '', LAMBDA)
  await subscribe(house, 'b', '', LAMBDA)
  await subscribe(house, 'b', 'x', TOPIC)
  expect(await house.called.refusal('PutSubscriptionFilter', VALID)).toBe('400 LimitExceededException: Resource limit exceeded.')
})

test('a policy is JSON, and not too long', async () => {
  const { called } = await withTopic()
  await called.run('PutDestination', { destinationName: 'd', targetArn: TOPIC, roleArn: ROLE })
  const refused = (accessPolicy: string) => called.refusal('PutDestinationPolicy', { destinationName: 'd', accessPolicy })
  for (const accessPolicy of ['{', '[]', '{"allow":"everyone"}']) {
    expect(await refused(accessPolicy)).toBe(
      '400 InvalidParameterException: Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly using IAM grammar.',
    )
  }
  expect(await refused(JSON.stringify({ a: 'x'.repeat(5200) }))).toMatch(/^400 InvalidParameterException: The access policy must not be longer/)
})
