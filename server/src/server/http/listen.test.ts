import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { crossOrigin } from './cross-origin.ts'
import { listen } from './listen.ts'

const opened = async (maxConnections?: number) => {
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    answer: ({ path, query }) => Promise.resolve({ status: 200, headers: {}, body: `${path} ${query}` }),
    crossOrigin: crossOrigin(true),
    log: { info: () => {}, warn: () => {}, error: () => {} } as never,
    ...(maxConnections === undefined ? {} : { maxConnections }),
  })
  onTestFinished(() => listener.close())
  return Number(new URL(listener.url).port)
}

/** A peer that never closes its own half. */
const peer = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

test('who is turned away for what he sent cannot keep the connection by saying nothing more', async () => {
  const port = await opened(1)
  const silent = await peer(port)
  let text = ''
  silent.on('data', (chunk: Buffer) => (text += chunk.toString()))
  silent.write('nonsense\r\n\r\n')
  await once(silent, 'end')
  expect(text).toMatch(/^HTTP\/1\.1 400 /)
  // There is one place only: somebody else is served once it is free again.
  const served = () => fetch(`http://127.0.0.1:${port}/`).then(answer => answer.status, () => 0)
  await expect.poll(served, { timeout: 4_000 }).toBe(200)
})

test('connections beyond the bound are closed at once, so that files can still be opened', async () => {
  const port = await opened(2)
  const [one] = [await peer(port), await peer(port)]
  const third = await peer(port)
  third.resume()
  await once(third, 'end')
  one.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  expect(String((await once(one, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  ['/a?b=c', '/a b=c'],
  ['http://elsewhere:80/a?b=http://c/', '/a b=http://c/'],
  ['HTTPS://elsewhere', '/ '],
  ['http://elsewhere?b', '/ b'],
])('what is asked for as %s is %s', async (target, seen) => {
  const one = await peer(await opened())
  one.write(`GET ${target} HTTP/1.1\r\nhost: a\r\n\r\n`)
  expect(String((await once(one, 'data'))[0]).split('\r\n\r\n')[1]).toBe(seen)
  one.destroy()
})
