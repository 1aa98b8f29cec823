import { expect, test } from 'vitest'
import { rootOf } from '../../../test/called-service.ts'
import { CalledSns } from '../../../test/called-sns.ts'
import { OURS, temporaryControl } from '../../../test/temporary-control.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { sns } from './service.ts'

const TOPIC = 'arn:aws:sns:us-east-1:111111111111:pages'

test.each<[name: string, kind: string, access: string, input: object, resources: readonly string[]]>([
  ['CreateTopic', 'write', 'signed', { Name: 'pages' }, [TOPIC]],
  ['DeleteTopic', 'write', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['ListTopics', 'read', 'signed', {}, ['*']],
  ['GetTopicAttributes', 'read', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['SetTopicAttributes', 'write', 'signed', {}, ['*']],
  ['AddPermission', 'write', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['RemovePermission', 'write', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['Subscribe', 'write', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['ConfirmSubscription', 'write', 'anonymous', { TopicArn: TOPIC }, [TOPIC]],
  ['Unsubscribe', 'write', 'anonymous', {}, ['*']],
  ['ListSubscriptions', 'read', 'signed', {}, ['*']],
  ['ListSubscriptionsByTopic', 'read', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['GetSubscriptionAttributes', 'read', 'signed', {}, ['*']],
  ['SetSubscriptionAttributes', 'write', 'signed', {}, ['*']],
  ['Publish', 'data', 'signed', { TargetArn: TOPIC }, [TOPIC]],
  ['PublishBatch', 'data', 'signed', { TopicArn: TOPIC }, [TOPIC]],
  ['TagResource', 'write', 'signed', { ResourceArn: TOPIC }, [TOPIC]],
  ['UntagResource', 'write', 'signed', { ResourceArn: TOPIC }, [TOPIC]],
  ['ListTagsForResource', 'read', 'signed', { ResourceArn: TOPIC }, [TOPIC]],
])('%s is %s, %s, and acts on what the request names', (name, kind, access, input, resources) => {
  const operation = new CalledSns().operation(name)
  expect([operation.kind, operation.access, operation.resources(input as never, OURS, rootOf(OURS))]).toEqual([kind, access, resources])
})

test('every operation is one of the model, listed once', () => {
  const { topics, subscriptions, tags, outbox } = temporaryControl().store
  const { operations, schemas } = sns({ topics, subscriptions, tags, outbox, entropy: seededEntropy(1) })
  const names = operations.map(({ name }) => name)
  expect(names.filter(name => !(`${name}$` in schemas))).toEqual([])
  expect([names.length, new Set(names).size]).toEqual([19, 19])
})

test('policies can ask for the protocol and the endpoint', () => {
  const subscribe = new CalledSns().operation('Subscribe')
  expect(subscribe.conditions?.({ Protocol: 'https', Endpoint: 'https://x' } as never)).toEqual({ 'sns:Protocol': 'https', 'sns:Endpoint': 'https://x' })
})

test('what policies do not allow is refused in the words of SNS', () => {
  const message = `User: u is not authorized to perform: sns:Publish on resource: ${TOPIC} because no identity-based policy allows the sns:Publish action`
  const { topics, subscriptions, tags, outbox } = temporaryControl().store
  const { code, status, shape, message: said } = sns({ topics, subscriptions, tags, outbox, entropy: seededEntropy(1) }).denied!(message)
  expect([code, shape, status]).toEqual(['AuthorizationError', 'AuthorizationErrorException', 403])
  expect(said).toBe(
    `User: u is not authorized to perform: SNS:Publish on resource: ${TOPIC} because no identity-based policy allows the SNS:Publish action`,
  )
})
