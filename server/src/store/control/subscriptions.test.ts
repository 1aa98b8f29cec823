import { expect, test } from 'vitest'
import { aSubscription, aTopic } from '../../../test/control-samples.ts'
import { ELSEWHERE, OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import { epochMillis } from '../../base/time.ts'

test('a topic comes back as it was put, to its tenant alone', async () => {
  const { store } = temporaryControl()
  const topic = aTopic(OURS, 'pages', { DisplayName: 'Pages' })
  for (const name of ['b', 'a']) for (const tenant of [OURS, THEIRS, ELSEWHERE]) await store.topics.put(aTopic(tenant, name))
  await store.topics.put(topic)
  await store.topics.put({ ...topic, attributes: { DisplayName: 'New' } })
  expect(await store.topics.get(OURS, topic.arn)).toEqual({ ...topic, attributes: { DisplayName: 'New' } })
  expect(await store.topics.get(THEIRS, topic.arn)).toBeUndefined()
  expect((await store.topics.list(OURS)).map(({ arn }) => arn)).toEqual([aTopic(OURS, 'a').arn, aTopic(OURS, 'b').arn, topic.arn])
})

test('topics that are missing are named, however many are asked for', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  const none = Array.from({ length: 40_000 }, (_, index) => aTopic(OURS, `none-${index}`).arn)
  expect(await store.topics.missing([...none, aTopic(OURS, 'pages').arn])).toEqual(new Set(none))
  expect(await store.topics.missing([])).toEqual(new Set())
})

test('deleting a topic takes its tags and subscriptions along', async () => {
  const { store } = temporaryControl()
  for (const tenant of [OURS, THEIRS]) {
    await store.topics.put(aTopic(tenant, 'pages'))
    await store.subscriptions.put(aSubscription(tenant, 'pages', 's1'))
    await store.tags.put(tenant, aTopic(tenant, 'pages').arn, { a: 'b' })
  }
  await store.topics.delete(THEIRS, aTopic(OURS, 'pages').arn)
  expect(await store.topics.list(OURS)).toHaveLength(1)
  await store.topics.delete(OURS, aTopic(OURS, 'pages').arn)
  expect(await store.topics.list(OURS)).toEqual([])
  expect(await store.subscriptions.list(OURS, undefined, START)).toEqual([])
  expect(await store.tags.get(OURS, aTopic(OURS, 'pages').arn)).toEqual({})
  expect(await store.subscriptions.list(THEIRS, undefined, START)).toHaveLength(1)
  expect(await store.tags.get(THEIRS, aTopic(THEIRS, 'pages').arn)).toEqual({ a: 'b' })
})

test('subscriptions are found by all their names, by their own tenant', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  const subscription = aSubscription(OURS, 'pages', 's1', { attributes: { RawMessageDelivery: 'true' }, authenticateOnUnsubscribe: true })
  await store.subscriptions.put(subscription)
  const { arn, topicArn, protocol, endpoint, token } = subscription
  expect(await store.subscriptions.get(OURS, arn)).toEqual(subscription)
  expect(await store.subscriptions.find(OURS, topicArn, protocol, endpoint)).toEqual(subscription)
  expect(await store.subscriptions.byToken(token)).toEqual(subscription)
  expect(await store.subscriptions.byArn(arn)).toEqual(subscription)
  for (const tenant of [THEIRS, ELSEWHERE]) {
    expect(await store.subscriptions.get(tenant, arn)).toBeUndefined()
    expect(await store.subscriptions.find(tenant, topicArn, protocol, endpoint)).toBeUndefined()
    expect(await store.subscriptions.list(tenant, topicArn, START)).toEqual([])
  }
  expect(await store.subscriptions.byToken(`${token}0`)).toBeUndefined()
  await store.subscriptions.put({ ...subscription, status: 'pending' })
  expect((await store.subscriptions.get(OURS, arn))?.status).toBe('pending')
  await store.subscriptions.delete(arn)
  expect(await store.subscriptions.byArn(arn)).toBeUndefined()
})

test('a deleted subscription is kept for its token alone, and gives way to a new one', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  const old = aSubscription(OURS, 'pages', 'old', { status: 'deleted' })
  await store.subscriptions.put(old)
  await store.subscriptions.put(aSubscription(OURS, 'pages', 'live'))
  expect((await store.subscriptions.list(OURS, undefined, START)).map(({ status }) => status)).toEqual(['confirmed'])
  expect(await store.subscriptions.byToken(old.token)).toEqual(old)
  expect(await store.subscriptions.count(OURS, old.topicArn, START)).toEqual({ confirmed: 1, pending: 0, deleted: 1 })
  expect(await store.subscriptions.count(THEIRS, old.topicArn, START)).toEqual({ confirmed: 0, pending: 0, deleted: 0 })
  const renewed = { ...old, arn: aSubscription(OURS, 'pages', 'new').arn, status: 'pending' as const }
  await store.subscriptions.put(renewed)
  expect(await store.subscriptions.byArn(old.arn)).toBeUndefined()
  expect(await store.subscriptions.find(OURS, old.topicArn, old.protocol, old.endpoint)).toEqual(renewed)
})

test('a pending subscription is listed until its token expires', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages'))
  await store.topics.put(aTopic(OURS, 'other'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 'waiting', { status: 'pending', tokenExpiresAt: epochMillis(START + 10) }))
  await store.subscriptions.put(aSubscription(OURS, 'other', 'confirmed', { tokenExpiresAt: epochMillis(START + 10) }))
  const list = async (topic: string | undefined, offset: number) => (await store.subscriptions.list(OURS, topic, epochMillis(START + offset))).length
  expect(await list(undefined, 9)).toBe(2)
  expect(await list(undefined, 10)).toBe(1)
  expect(await list(aTopic(OURS, 'pages').arn, 9)).toBe(1)
  expect(await list(aTopic(OURS, 'pages').arn, 10)).toBe(0)
})
