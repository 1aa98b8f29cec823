import { expect, test } from 'vitest'
import { aHistoryItem, anAlarm, aPublication, aSubscription, aTopic } from '../../../test/control-samples.ts'
import { OURS, START, temporaryControl } from '../../../test/temporary-control.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { DeliveryAttempt } from '../../model/notification.ts'

const DAY = 86_400_000
const attempt: DeliveryAttempt = { at: START, durationMillis: 0, outcome: { kind: 'delivered', status: 200, detail: '' } }

test('everything finished goes when its time has come; open deliveries stay for ever', async () => {
  const { store, clock } = temporaryControl()
  await store.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu'), {})
  await store.topics.put(aTopic(OURS, 'pages'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 'confirmed'))
  await store.subscriptions.put(aSubscription(OURS, 'pages', 'waiting', { status: 'pending', tokenExpiresAt: epochMillis(START + DAY) }))
  for (const id of ['delivered', 'dead', 'open']) await store.outbox.publish([aPublication(OURS, 'pages', id)])
  await store.deliveryQueue.settle('1', attempt, { kind: 'delivered' })
  await store.deliveryQueue.settle('2', attempt, { kind: 'dead' })
  const temporary = { sessionToken: 't', expiresAt: START, name: 'n', issuerKeyId: 'AKIA', policy: undefined }
  await store.access.putKey({ account: OURS.account, id: 'ASIA', secret: 's', status: 'Active', userName: undefined, createdAt: START, temporary })

  const left = async () => ({
    deliveries: (await store.deliveryLog.list({ tenant: OURS, limit: 9 })).deliveries.map(({ messageId }) => messageId),
    history: (await store.alarms.history({ tenant: OURS, alarmName: undefined, alarmTypes: [], type: undefined, from: undefined, to: undefined, newestFirst: true, limit: 9, offset: 0 })).length,
    subscriptions: (await store.subscriptions.list(OURS, undefined, START)).length,
    key: (await store.access.key('ASIA')) !== undefined,
  })
  const everything = { deliveries: ['open', 'dead', 'delivered'], history: 1, subscriptions: 2, key: true }
  expect(await store.prune()).toBe(false)
  expect(await left()).toEqual(everything)
  await clock.advance(millis(2 * DAY))
  await store.prune()
  expect(await left()).toEqual({ ...everything, subscriptions: 1, key: false })
  await clock.advance(millis(12 * DAY + 1))
  await store.prune()
  expect(await left()).toEqual({ deliveries: ['open', 'dead'], history: 0, subscriptions: 1, key: false })
  await clock.advance(millis(400 * DAY))
  await store.prune()
  expect(await left()).toEqual({ deliveries: ['open'], history: 0, subscriptions: 1, key: false })
})

test('much is removed in short steps', async () => {
  const { store, clock } = temporaryControl()
  const items = Array.from({ length: 5001 }, () => aHistoryItem(OURS, 'cpu'))
  await store.alarms.delete(OURS, [], items)
  await clock.advance(millis(15 * DAY))
  expect(await store.prune()).toBe(true)
  expect(await store.prune()).toBe(false)
})
