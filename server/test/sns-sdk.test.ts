import { CreateAccessKeyCommand, CreateUserCommand, DeleteUserCommand, GetUserPolicyCommand, IAMClient, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import { GetCallerIdentityCommand, GetFederationTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { seededEntropy } from '../src/base/entropy.ts'
import { iam } from '../src/services/iam/service.ts'
import type { Call } from '../src/services/operation.ts'
import { sns } from '../src/services/sns/service.ts'
import { sts } from '../src/services/sts/service.ts'
import { rootOf } from './called-service.ts'
import { served } from './served-services.ts'
import { OURS, START, temporaryControl } from './temporary-control.ts'

/** The operations behind the query protocol, driven by the SDK's own clients: what their types say must arrive. */
const house = async () => {
  const { store, clock } = temporaryControl()
  const { topics, subscriptions, tags, outbox, access } = store
  const entropy = seededEntropy(1)
  const call = (): Call => ({ tenant: OURS, principal: rootOf(OURS), requestId: 'request-1', now: clock.now() })
  const services = [sns({ topics, subscriptions, tags, outbox, entropy }), iam({ access, entropy, changed: () => undefined }), sts({ keys: access, entropy })]
  const config = { endpoint: await served(services, call), region: 'us-east-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 }
  return { store, sns: new SNSClient(config), iam: new IAMClient(config), sts: new STSClient(config) }
}

test('a topic, its subscriptions and messages, by the SDK', async () => {
  const { sns: client, store } = await house()
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'pages', Attributes: { DisplayName: 'Pages' }, Tags: [{ Key: 'a', Value: 'b' }] }))
  expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }])
  expect((await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([{ Key: 'a', Value: 'b' }])
  const pending = await client.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint: 'https://example.com/' }))
  expect(pending.SubscriptionArn).toBe('pending confirmation')
  const [asked] = await store.deliveryQueue.lease(START, START, 1, [])
  const { SubscriptionArn } = await client.send(new ConfirmSubscriptionCommand({ TopicArn, Token: asked?.delivery.token }))
  await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"kind":["urgent"]}' }))
  const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))
  expect(Attributes).toMatchObject({ FilterPolicy: '{"kind":["urgent"]}', PendingConfirmation: 'false' })
  const attributes = { kind: { DataType: 'String', StringValue: 'urgent' }, raw: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) } }
  const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message: 'ä <&>', MessageAttributes: attributes }))
  const batch = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: 'x', Message: 'm' }] }))
  expect(batch.Successful).toEqual([{ Id: 'x', MessageId: expect.any(String) as unknown }])
  const { deliveries } = await store.deliveryLog.list({ tenant: OURS, limit: 10 })
  expect(deliveries.map(({ messageId }) => messageId)).toContain(MessageId)
  await client.send(new UnsubscribeCommand({ SubscriptionArn }))
  expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([])
})

test('refusals arrive as the SDK\'s own errors', async () => {
  const { sns: client, iam: access } = await house()
  const missing = 'arn:aws:sns:us-east-1:111111111111:none'
  await expect(client.send(new PublishCommand({ TopicArn: missing, Message: 'm' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(client.send(new CreateTopicCommand({ Name: 'a b' }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Invalid parameter: Topic Name' })
  await expect(access.send(new DeleteUserCommand({ UserName: 'x' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('users, keys and policies by the SDK', async () => {
  const { iam: client } = await house()
  const { User } = await client.send(new CreateUserCommand({ UserName: 'ann' }))
  expect(User?.CreateDate).toEqual(new Date(START))
  expect((await client.send(new ListUsersCommand({}))).Users).toEqual([User])
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: 'ann' }))
  expect(AccessKey?.Status).toBe('Active')
  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:*","Resource":"*"}]}'
  await client.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: document }))
  const { PolicyDocument } = await client.send(new GetUserPolicyCommand({ UserName: 'ann', PolicyName: 'p' }))
  expect(decodeURIComponent(PolicyDocument ?? '')).toBe(document)
})

test('identities and temporary keys by the SDK', async () => {
  const { sts: client } = await house()
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '111111111111', Arn: 'arn:aws:iam::111111111111:root' })
  const { Credentials } = await client.send(new GetFederationTokenCommand({ Name: 'fed' }))
  expect(Credentials?.Expiration).toEqual(new Date(START + 3_600_000))
})
