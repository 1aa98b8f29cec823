import { afterEach, expect, test } from 'vitest'
import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import { DeliveryWorker } from '../../src/jobs/deliveries/worker.ts'
import { aSubscription, aTopic } from '../control-samples.ts'
import { OURS, START, temporaryControl } from '../temporary-control.ts'
import { Receiver, status } from './receiver.ts'
import { rig } from './rig.ts'
import { alarm, alarmPublication, publication } from './samples.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** The worker on the real outbox: SQLite on disk. */
const start = async () => {
  const { store, clock } = temporaryControl()
  const { dispatch, egress } = await rig({ clock })
  const makeWorker = () =>
    new DeliveryWorker({ queue: store.deliveryQueue, sender: dispatch, clock, entropy: seededEntropy(1), log: silentLog })
  closers.push(() => egress.close())
  const receiver = await Receiver.start()
  closers.push(() => receiver.close())
  await store.topics.put(aTopic(OURS, 'ops'))
  const subscribe = (id: string, path: string) =>
    store.subscriptions.put(aSubscription(OURS, 'ops', id, { protocol: 'http', endpoint: `${receiver.url}${path}` }))
  const message = (messageId: string) => publication({ tenant: OURS, topicArn: aTopic(OURS, 'ops').arn, messageId, publishedAt: START })
  const page = (messageId: string, state: 'ALARM' | 'OK') => ({
    ...alarmPublication(alarm({ state, changedAt: START }), messageId),
    tenant: OURS,
    topicArn: aTopic(OURS, 'ops').arn,
  })
  const ids = () => receiver.received.map(({ headers }) => headers['x-amz-sns-message-id'])
  return { store, clock, makeWorker, receiver, subscribe, message, page, ids }
}

test('what is committed is on the wire without any time passing', async () => {
  const { store, makeWorker, receiver, subscribe, message } = await start()
  await subscribe('a', '/a')
  await subscribe('b', '/b')
  const worker = makeWorker()
  await worker.start()
  await store.outbox.publish([message('m-1')])
  await receiver.got(2)
  expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/a', '/b'])
  await worker.stop()
  expect(worker.counts()).toMatchObject({ delivered: 2, held: 0 })
  expect(await store.deliveryQueue.nextDue()).toBeUndefined()
})

test('killed between sending and recording: once more with the same id, and the recovery after it', async () => {
  const { store, clock, makeWorker, receiver, subscribe, page, ids } = await start()
  await subscribe('a', '/a')
  receiver.answer = () => undefined
  await makeWorker().start()
  await store.outbox.publish([page('alarm', 'ALARM'), page('ok', 'OK')])
  await receiver.got(1)
  // Abandoned, as by SIGKILL: it records nothing more.
  receiver.answer = status(200)
  const worker = makeWorker()
  await worker.start()
  await receiver.got(2)
  while (worker.counts().delivered < 2) {
    await clock.advance(millis(5))
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(ids()).toEqual(['alarm', 'alarm', 'ok'])
  await worker.stop()
})

test('a failed attempt is kept with its answer, and the retry comes when it is due', async () => {
  const { store, clock, makeWorker, receiver, subscribe, message } = await start()
  await subscribe('a', '/a')
  receiver.answer = status(503, {}, 'busy')
  const worker = makeWorker()
  await worker.start()
  await store.outbox.publish([message('m-1')])
  while (worker.counts().retried < 1) await new Promise(resolve => setImmediate(resolve))
  const due = await store.deliveryQueue.nextDue()
  expect(due).toBeGreaterThanOrEqual(START + 18_000)
  receiver.answer = status(200)
  await clock.advance(millis((due ?? epochMillis(0)) - START))
  await receiver.got(2)
  await worker.stop()
  expect(worker.counts()).toMatchObject({ retried: 1, delivered: 1 })
})
