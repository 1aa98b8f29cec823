import { expect, test } from 'vitest'
import { ELSEWHERE, OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import { anAlarm, aHistoryItem, aPublication, aSubscription, aTopic, aTransition, someFacts } from '../../../test/control-samples.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { DeliveryAttempt, LeasedDelivery } from '../../model/notification.ts'
import type { ControlStore } from './control-store.ts'

const at = (offset: number) => epochMillis(START + offset)
const delivered: DeliveryAttempt = { at: at(5), durationMillis: 7, outcome: { kind: 'delivered', status: 200, detail: 'ok' } }
const failed: DeliveryAttempt = { at: at(5), durationMillis: 7, outcome: { kind: 'failed', retryable: true, status: 429, detail: 'slow down', retryAt: at(99) } }

const aHouse = async (store: ControlStore, ...subscriptions: readonly string[]): Promise<void> => {
  await store.topics.put(aTopic(OURS, 'pages', { DisplayName: 'Pages', SignatureVersion: '2' }))
  for (const id of subscriptions) await store.subscriptions.put(aSubscription(OURS, 'pages', id))
}
const lease = (store: ControlStore, now = START, limit = 100, busy: readonly string[] = []) => store.deliveryQueue.lease(now, at(60_000), limit, busy)
const ids = (leased: readonly LeasedDelivery[]) => leased.map(({ delivery }) => `${delivery.publication.messageId}>${delivery.subscription.arn.split(':').at(-1)}`)

test('a message reaches every confirmed subscription of its topic, and carries all it had', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1', 's2')
  await store.subscriptions.put(aSubscription(OURS, 'pages', 'unconfirmed', { status: 'pending' }))
  await store.topics.put(aTopic(THEIRS, 'pages'))
  await store.subscriptions.put(aSubscription(THEIRS, 'pages', 's3'))
  let told = 0
  store.deliveryQueue.onAdded(() => told++)
  const publication = aPublication(OURS, 'pages', 'm1', {
    subject: 'S',
    structure: 'json',
    groupId: 'g',
    attributes: { text: { type: 'String', text: 'x' }, bytes: { type: 'Binary', binary: Buffer.from([0, 255]) } },
    alarm: someFacts(OURS, 'cpu'),
  })
  await store.outbox.publish([publication])
  expect(told).toBe(1)
  const [first, second, ...others] = await lease(store)
  expect(others).toEqual([])
  expect(second?.delivery.subscription.arn).toMatch(/:s2$/)
  expect(first).toEqual({
    delivery: {
      id: '1',
      tenant: OURS,
      type: 'Notification',
      publication,
      subscription: {
        arn: aSubscription(OURS, 'pages', 's1').arn,
        topicArn: aTopic(OURS, 'pages').arn,
        topicDisplayName: 'Pages',
        protocol: 'https',
        endpoint: 'https://s1.example.com/secret-path',
        rawMessageDelivery: false,
        signatureVersion: '2',
        deliveryPolicy: undefined,
      },
      token: undefined,
      attempts: 0,
    },
    destination: 'http https://s1.example.com',
    orderKey: `${aSubscription(OURS, 'pages', 's1').arn} alarm ${anAlarm(OURS, 'cpu').alarm.arn}`,
  })
})

test('nobody hears of a topic of another account or region', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  for (const tenant of [THEIRS, ELSEWHERE]) await store.outbox.publish([{ ...aPublication(OURS, 'pages', 'm1'), tenant }])
  expect(await lease(store)).toEqual([])
})

test('filter policies decide per subscription', async () => {
  const asked: string[] = []
  const { store } = temporaryControl((policy, scope) => publication => {
    asked.push(`${policy} ${scope}`)
    return publication.message === policy
  })
  await aHouse(store, 's1')
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's2', { attributes: { FilterPolicy: 'hello' } }))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's3', { attributes: { FilterPolicy: 'no', FilterPolicyScope: 'MessageBody' } }))
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  expect(ids(await lease(store))).toEqual(['m1>s1', 'm1>s2'])
  expect(asked).toEqual(['hello MessageAttributes', 'no MessageBody'])
})

test('busy destinations are left out, however many there are', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1', 's2')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  const [first] = await lease(store, START, 1)
  const others = Array.from({ length: 40_000 }, (_, index) => `https://busy-${index}.example`)
  expect(await lease(store, START, 10, [...others, 'http https://s2.example.com'])).toEqual([])
  expect(ids([first!])).toEqual(['m1>s1'])
  expect(ids(await lease(store, START, 10, others))).toEqual(['m1>s2'])
})

test('a repeated message id delivers nothing twice', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  const publication = aPublication(OURS, 'pages', 'm1')
  await store.outbox.publish([publication, publication])
  await store.outbox.publish([publication])
  expect(ids(await lease(store))).toEqual(['m1>s1'])
})

test('messages of one alarm or group go out one after the other, others freely', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  const alarm = someFacts(OURS, 'cpu')
  await store.outbox.publish([
    aPublication(OURS, 'pages', 'trigger', { alarm }),
    aPublication(OURS, 'pages', 'resolve', { alarm }),
    aPublication(OURS, 'pages', 'g1', { groupId: 'g' }),
    aPublication(OURS, 'pages', 'g2', { groupId: 'g' }),
    aPublication(OURS, 'pages', 'free1'),
    aPublication(OURS, 'pages', 'free2'),
  ])
  expect(ids(await lease(store))).toEqual(['trigger>s1', 'g1>s1', 'free1>s1', 'free2>s1'])
  expect(await lease(store)).toEqual([])
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: at(1000), counts: true })
  expect(await lease(store, at(999))).toEqual([])
  const [again] = await lease(store, at(1000))
  expect(again?.delivery).toMatchObject({ id: '1', attempts: 1 })
  await store.deliveryQueue.settle('1', delivered, { kind: 'delivered' })
  expect(ids(await lease(store, at(1000)))).toEqual(['resolve>s1'])
})

test('a throttled attempt is kept, but uses up no retry', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  await lease(store)
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: START, counts: false })
  await lease(store)
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: START, counts: true })
  const [again] = await lease(store)
  expect(again?.delivery.attempts).toBe(1)
  const { deliveries } = await store.deliveryLog.list({ tenant: OURS, limit: 10 })
  expect(deliveries[0]?.attempts).toHaveLength(2)
})

test('a busy destination is left out, leases run out, and a restart takes them back', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1', 's2')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  expect(ids(await lease(store, START, 100, ['http https://s1.example.com']))).toEqual(['m1>s2'])
  expect(ids(await lease(store, START, 1))).toEqual(['m1>s1'])
  expect(await lease(store, at(59_999))).toEqual([])
  expect(await lease(store, at(60_000))).toHaveLength(2)
  await store.deliveryQueue.releaseAll()
  expect(await lease(store)).toHaveLength(2)
})

test('the next due time is the earliest of what may be tried', async () => {
  const { store } = temporaryControl()
  const due = async () => ((await store.deliveryQueue.nextDue()) ?? Number.NaN) - START
  await aHouse(store, 's1')
  expect(await due()).toBeNaN()
  const alarm = someFacts(OURS, 'cpu')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1', { alarm }), aPublication(OURS, 'pages', 'm2', { alarm })])
  expect(await due()).toBe(0)
  await lease(store)
  expect(await due()).toBe(60_000)
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: at(5000), counts: true })
  expect(await due()).toBe(5000)
  await store.deliveryQueue.settle('1', failed, { kind: 'dead' })
  expect(await due()).toBe(0)
})

test('the log shows every attempt, by page, alarm, topic and state, to its own tenant, without secrets', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1', { alarm: someFacts(OURS, 'cpu'), subject: 'S' }), aPublication(OURS, 'pages', 'm2')])
  await lease(store)
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: START, counts: true })
  await store.deliveryQueue.settle('1', delivered, { kind: 'delivered' })
  const list = async (more: object) => (await store.deliveryLog.list({ tenant: OURS, limit: 10, ...more })).deliveries.map(({ messageId }) => messageId)
  expect(await list({})).toEqual(['m2', 'm1'])
  expect(await list({ alarmArn: anAlarm(OURS, 'cpu').alarm.arn })).toEqual(['m1'])
  expect(await list({ topicArn: aTopic(OURS, 'pages').arn, state: 'pending' })).toEqual(['m2'])
  expect(await list({ topicArn: aTopic(OURS, 'other').arn })).toEqual([])
  for (const tenant of [THEIRS, ELSEWHERE]) expect(await list({ tenant })).toEqual([])
  const page = await store.deliveryLog.list({ tenant: OURS, limit: 1 })
  expect(page.next).toBe('2')
  expect(await store.deliveryLog.list({ tenant: OURS, limit: 1, cursor: page.next })).toEqual({
    next: undefined,
    deliveries: [
      {
        id: '1',
        tenant: OURS,
        type: 'Notification',
        topicArn: aTopic(OURS, 'pages').arn,
        subscriptionArn: aSubscription(OURS, 'pages', 's1').arn,
        protocol: 'https',
        endpoint: 'https://s1.example.com/…path',
        alarmArn: anAlarm(OURS, 'cpu').alarm.arn,
        messageId: 'm1',
        subject: 'S',
        publishedAt: START,
        state: 'delivered',
        dueAt: undefined,
        finishedAt: at(12),
        attempts: [failed, delivered],
      },
    ],
  })
})

test('a dead letter can be given another life, by its owner alone', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  await lease(store)
  await store.deliveryQueue.settle('1', failed, { kind: 'dead' })
  expect(await store.deliveryLog.counts()).toEqual({ pending: 0, dead: 1, oldestPending: undefined })
  expect(await store.deliveryLog.retry(THEIRS, '1', at(9))).toBe(false)
  expect(await store.deliveryLog.retry(OURS, '1', at(9))).toBe(true)
  expect(await store.deliveryLog.retry(OURS, '1', at(9))).toBe(false)
  expect(await store.deliveryLog.counts()).toEqual({ pending: 1, dead: 0, oldestPending: START })
  expect((await lease(store, at(9)))[0]?.delivery.attempts).toBe(1)
})

test('a confirmation goes to its one subscription, with its token', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1')
  const pending = aSubscription(OURS, 'pages', 's2', { status: 'pending' })
  await store.outbox.send(aPublication(OURS, 'pages', 'c1'), pending, 'SubscriptionConfirmation')
  const leased = await lease(store)
  expect(ids(leased)).toEqual(['c1>s2'])
  expect(leased[0]?.delivery).toMatchObject({ type: 'SubscriptionConfirmation', token: pending.token })
})

test('the delivery policy in effect travels with the delivery', async () => {
  const { store } = temporaryControl()
  await store.topics.put(aTopic(OURS, 'pages', { DeliveryPolicy: '{"http":{"defaultHealthyRetryPolicy":{"numRetries":5}}}' }))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's1'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 's2', { attributes: { DeliveryPolicy: '{"healthyRetryPolicy":{"numRetries":9}}' } }))
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  const retries = (await lease(store)).map(({ delivery }) => (JSON.parse(delivery.subscription.deliveryPolicy ?? '') as { healthyRetryPolicy: { numRetries: number } }).healthyRetryPolicy.numRetries)
  expect(retries).toEqual([5, 9])
})

test('a thousand transitions with their messages commit in well under a second', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1', 's2')
  const names = Array.from({ length: 1000 }, (_, n) => `alarm-${n}`)
  for (const name of names.slice(0, 50)) await store.alarms.put(anAlarm(OURS, name), aHistoryItem(OURS, name), {})
  const transitions = names.map(name => aTransition(anAlarm(OURS, name, 'ALARM'), [aPublication(OURS, 'pages', name, { alarm: someFacts(OURS, name) })]))
  for (const name of names.slice(50)) await store.alarms.put(anAlarm(OURS, name), aHistoryItem(OURS, name), {})
  const before = process.cpuUsage()
  await store.alarmBook.commit(transitions)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(600)
  expect(await lease(store, START, 5000)).toHaveLength(2000)
})

test('what was put off is brought forward, though not into the past', async () => {
  const { store } = temporaryControl()
  await aHouse(store, 's1', 's2')
  await store.outbox.publish([aPublication(OURS, 'pages', 'm1')])
  await lease(store)
  await store.deliveryQueue.settle('1', failed, { kind: 'retry', at: at(5_000), counts: true })
  await store.deliveryQueue.settle('2', failed, { kind: 'retry', at: at(90_000), counts: true })
  await store.deliveryQueue.bringForward(at(1_000), at(60_000), millis(10_000))
  expect(await store.deliveryQueue.nextDue()).toBe(at(5_000))
  await store.deliveryQueue.bringForward(at(1_000), at(1_000), millis(30_000))
  expect(ids(await lease(store, at(1_000)))).toEqual(['m1>s1'])
  expect(ids(await lease(store, at(50_000)))).toEqual(['m1>s2'])
})
