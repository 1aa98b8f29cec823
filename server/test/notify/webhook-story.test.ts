import { afterEach, expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { delivery, publication, target } from './samples.ts'
import { Receiver } from './receiver.ts'
import { rig } from './rig.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const start = async () => {
  const parts = await rig()
  const receiver = await Receiver.start()
  await parts.worker.start()
  closers.push(
    () => receiver.close(),
    () => parts.egress.close(),
  )
  return { ...parts, receiver }
}

test('a publication reaches a webhook without anybody waiting for time to pass', async () => {
  const { queue, receiver, worker } = await start()
  queue.add(delivery({ subscription: target({ endpoint: `${receiver.url}/hook?x=1` }) }))
  await queue.attempted(1)
  const [got] = receiver.received
  expect(got?.path).toBe('/hook?x=1')
  expect(got?.headers).toMatchObject({
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': publication().messageId,
    'x-amz-sns-topic-arn': publication().topicArn,
    'x-amz-sns-subscription-arn': target().arn,
  })
  expect(queue.row('delivery-1')).toMatchObject({
    state: 'delivered',
    attempts: [{ outcome: { kind: 'delivered', status: 200, detail: '200 OK: ok' } }],
  })
  await worker.stop()
  expect(worker.counts()).toMatchObject({ delivered: 1, dead: 0, held: 0, running: 0 })
})

test("SNS's default policy: three retries 20 seconds apart, then the dead letters", async () => {
  const { queue, receiver, worker, clock } = await start()
  receiver.answer = (_received, response) => void response.writeHead(500).end('broken')
  queue.add(delivery({ subscription: target({ endpoint: receiver.url }) }))
  for (let attempt = 1; attempt <= 4; attempt++) {
    await queue.attempted(attempt)
    await clock.advance(millis(17_000))
    expect(receiver.received).toHaveLength(attempt)
    await clock.advance(millis(6_000))
  }
  expect(queue.row('delivery-1').state).toBe('dead')
  expect(new Set(receiver.received.map(({ headers }) => headers['x-amz-sns-message-id']))).toEqual(new Set([publication().messageId]))
  await worker.stop()
})
