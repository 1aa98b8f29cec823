import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Fault } from '../../wire/fault.ts'
import { BodyBudget } from './body-budget.ts'
import { readBody } from './read-body.ts'

const BUDGET = 10_000

/** A server that answers with the length of what it read, or the refusal; bodies are given back when `release` says so. */
const start = async () => {
  const budget = new BodyBudget(BUDGET)
  let release: Promise<void> = Promise.resolve()
  const outcomes: string[] = []
  const server = createServer((request, response) => {
    readBody(request, budget)
      .then(async body => {
        outcomes.push(`${body.length} of ${body.length === 0 ? '' : body[0]}`)
        await release
        budget.give(body.length)
        response.end(String(body.length))
      })
      .catch((error: unknown) => {
        const fault = error as Fault
        outcomes.push(fault.code)
        response.writeHead(fault.status).end(fault.code)
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const post = (length: number): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ port, host: '127.0.0.1', method: 'POST', agent: false }, response => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve(text))
      })
      sent.on('error', reject)
      sent.end(Buffer.alloc(length, 7))
    })
  const hold = (): (() => void) => {
    const gate = Promise.withResolvers<void>()
    release = gate.promise
    return () => gate.resolve()
  }
  return { port, post, hold, outcomes, free: () => budget.take(BUDGET) && (budget.give(BUDGET), true) }
}

test('a body comes as it was sent, however it is cut', async () => {
  const { port, outcomes, free } = await start()
  const socket = connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n')
  socket.end(`${'1\r\n\u0007\r\n'.repeat(9_000)}0\r\n\r\n`)
  await once(socket.resume(), 'close')
  expect(outcomes).toEqual(['9000 of 7'])
  expect(free()).toBe(true)
})

test('bodies share their memory; what does not fit is told to come again, and fits once there is room', async () => {
  const { post, hold, outcomes, free } = await start()
  const release = hold()
  const first = post(6_000)
  while (outcomes.length === 0) await new Promise(resolve => setImmediate(resolve))
  expect(await post(6_000)).toBe('ServiceUnavailable')
  release()
  expect(await first).toBe('6000')
  expect(await post(6_000)).toBe('6000')
  expect(free()).toBe(true)
})

test('a sender that breaks off leaves nothing taken', async () => {
  const { port, outcomes, free } = await start()
  const socket = connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9000\r\n\r\n')
  socket.write('x'.repeat(5_000))
  await new Promise<void>(resolve => socket.end(() => resolve()))
  while (outcomes.length === 0) await new Promise(resolve => setImmediate(resolve))
  expect(outcomes).toEqual(['RequestTimeout'])
  expect(free()).toBe(true)
})

test('a body that says that it is far too large is refused before it comes', async () => {
  const { port, outcomes, free } = await start()
  const socket = connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n')
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
  expect(outcomes).toEqual(['RequestEntityTooLarge'])
  expect(free()).toBe(true)
})
