import { EventStreamCodec } from '@smithy/core/event-streams'
import { expect, test } from 'vitest'
import { messagesIn, type StreamMessage } from '../../../console/src/aws/event-stream.ts'

const codec = new EventStreamCodec(bytes => Buffer.from(bytes as Uint8Array).toString(), text => Buffer.from(text))
const text = (value: string) => ({ type: 'string' as const, value })
const event = (name: string, payload: unknown) =>
  codec.encode({ headers: { ':message-type': text('event'), ':event-type': text(name), ':content-type': text('application/json') }, body: Buffer.from(JSON.stringify(payload)) })

const BODY = Buffer.concat([
  event('sessionStart', { sessionId: 'Größe' }),
  event('sessionUpdate', { sessionResults: [{ message: 'x'.repeat(500) }] }),
  codec.encode({ headers: { ':message-type': text('exception'), ':exception-type': text('SessionTimeoutException') }, body: new Uint8Array() }),
])

test.each([1, 7, 100, BODY.length])('messages come whole however the body is cut: %i bytes at a time', async size => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < BODY.length; at += size) controller.enqueue(BODY.subarray(at, at + size))
      controller.close()
    },
  })
  const found: StreamMessage[] = []
  for await (const message of messagesIn(body)) found.push(message)
  expect(found).toEqual([
    { kind: 'event', name: 'sessionStart', payload: { sessionId: 'Größe' } },
    { kind: 'event', name: 'sessionUpdate', payload: { sessionResults: [{ message: 'x'.repeat(500) }] } },
    { kind: 'exception', name: 'SessionTimeoutException', payload: {} },
  ])
})
