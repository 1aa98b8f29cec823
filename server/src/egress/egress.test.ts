import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../base/manual-clock.ts'
import type { OutgoingRequest, OutgoingResult } from '../base/outgoing.ts'
import { epochMillis, millis } from '../base/time.ts'
import { parseAllowList } from './allow-list.ts'
import { Egress } from './egress.ts'
import { BODY_LIMIT } from './exchange.ts'

const clock = new ManualClock(epochMillis(0))
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const listen = async (server: Server | TcpServer): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}
const serve = (listener: RequestListener): Promise<number> => listen(createServer(listener))

const egress = (allow: string, names: Readonly<Record<string, readonly (readonly string[])[]>> = {}): Egress => {
  const asked: Record<string, number> = {}
  const made = new Egress({
    clock,
    allow: parseAllowList(allow),
    userAgent: 'test',
    resolve: host => {
      const answers = names[host]
      const turn = (asked[host] ??= 0)
      asked[host] = turn + 1
      const answer = answers?.[Math.min(turn, answers.length - 1)]
      return answer === undefined ? Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) : Promise.resolve(answer)
    },
  })
  closers.push(() => made.close())
  return made
}
const send = (from: Egress, url: string, rest: Partial<OutgoingRequest> = {}): Promise<OutgoingResult> =>
  from.send({ url, method: 'POST', headers: {}, body: 'hello', timeout: millis(15_000), ...rest })
const reason = (result: OutgoingResult): string => (result.kind === 'failure' ? result.reason : `answer ${result.status}`)

describe('destinations that are refused', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://017700000001/',
    'http://0177.0.0.01/',
    'http://127.0.0.1./',
    'http://0/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://10.0.0.1/',
    'http://192.168.0.1:8080/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://user:pass@127.0.0.1/',
    'http://example.com@127.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'unix:/var/run/docker.sock',
    'http://',
    'https://',
    '',
    'not a url',
    '//example.com',
    'http://[fe80::1%25eth0]/',
    'http://1.2.3.4.5.6/',
    'http://exa mple.com/',
    'http://%zz@example.com/',
  ])('%s', async url => {
    expect(reason(await send(egress(''), url))).toBe('refused')
  })

  test.each([
    ['localhost', ['127.0.0.1']],
    ['localhost.', ['127.0.0.1']],
    ['rebind.test', ['10.0.0.1']],
    ['metadata.google.internal', ['169.254.169.254']],
    ['mixed.test', ['93.184.216.34', '127.0.0.1']],
    ['mapped.test', ['::ffff:127.0.0.1']],
    ['zone.test', ['fe80::1%lo']],
    ['garbage.test', ['not-an-address']],
  ])('the name %s, which resolves to %j', async (host, addresses) => {
    const result = await send(egress('', { [host.replace(/\.$/, '')]: [addresses] }), `http://${host}:1/secret-path`)
    expect(reason(result)).toBe('refused')
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  test('a name that changes its mind between two requests is checked each time', async () => {
    const port = await serve((_request, response) => response.setHeader('connection', 'close').end('first'))
    const from = egress(`127.0.0.1:${port}`, { 'rebind.test': [['127.0.0.1'], ['127.0.0.2']] })
    expect(reason(await send(from, `http://rebind.test:${port}/`))).toBe('answer 200')
    expect(reason(await send(from, `http://rebind.test:${port}/`))).toBe('refused')
  })

  test('the connection goes to the address that was checked, without a second look-up', async () => {
    const hosts: unknown[] = []
    const port = await serve((request, response) => {
      hosts.push(request.headers.host)
      response.end()
    })
    // A second question would be answered with an address where nobody listens.
    const from = egress('127.0.0.0/8', { 'pinned.test': [['127.0.0.1'], ['127.0.0.9']] })
    expect(reason(await send(from, `http://pinned.test:${port}/`))).toBe('answer 200')
    expect(hosts).toEqual([`pinned.test:${port}`])
  })

  test('an allowed port does not open the others', async () => {
    const port = await serve((_request, response) => response.end())
    expect(reason(await send(egress(`127.0.0.1:${port + 1}`), `http://127.0.0.1:${port}/`))).toBe('refused')
    expect(reason(await send(egress(`localhost:${port}`, { localhost: [['127.0.0.1']] }), `http://localhost:${port}/`))).toBe(
      'answer 200',
    )
  })
})

describe('redirects', () => {
  const redirecting = (status: number, location: (port: number) => string) => {
    const seen: string[] = []
    let port = 0
    const listener: RequestListener = (request, response) => {
      seen.push(`${request.method} ${request.url}`)
      if (request.url === '/end') response.end('done')
      else response.writeHead(status, { location: location(port) }).end()
    }
    return { seen, start: async () => (port = await serve(listener)) }
  }

  test.each([307, 308])('%i to the same host carries the body along', async status => {
    const { seen, start } = redirecting(status, () => '/end')
    const port = await start()
    expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`))).toBe('answer 200')
    expect(seen).toEqual(['POST /', 'POST /end'])
  })

  test.each([301, 302, 303])('%i is not followed with a body', async status => {
    const { seen, start } = redirecting(status, () => '/end')
    const port = await start()
    expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`))).toBe(`answer ${status}`)
    expect(seen).toEqual(['POST /'])
  })

  test('a body is never carried to another host', async () => {
    const { seen, start } = redirecting(307, port => `http://127.0.0.2:${port}/end`)
    const port = await start()
    expect(reason(await send(egress('127.0.0.0/8'), `http://127.0.0.1:${port}/`))).toBe('answer 307')
    expect(seen).toEqual(['POST /'])
  })

  test('a redirect to a private address is refused, even where the first address was allowed', async () => {
    const { start } = redirecting(302, () => 'http://169.254.169.254/latest/meta-data/')
    const port = await start()
    const result = await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`, { method: 'GET', body: undefined })
    expect(reason(result)).toBe('refused')
  })

  test('a GET follows at most three', async () => {
    const { seen, start } = redirecting(302, () => '/again')
    const port = await start()
    expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`, { method: 'GET', body: undefined }))).toBe('redirects')
    expect(seen).toHaveLength(4)
  })
})

describe('receivers that misbehave', () => {
  test('no answer is cut at the timeout', async () => {
    const arrived = Promise.withResolvers<void>()
    const port = await serve(() => arrived.resolve())
    const result = send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`)
    await arrived.promise
    await clock.advance(millis(14_999))
    await clock.advance(millis(1))
    expect(reason(await result)).toBe('timeout')
  })

  test('a body that never ends does not change the status that came', async () => {
    const sent = Promise.withResolvers<void>()
    const port = await serve((_request, response) => {
      response.writeHead(200)
      response.write('part', () => sent.resolve())
    })
    const result = send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`)
    await sent.promise
    // Both ends live on this event loop: a few turns let the status cross the socket before time is moved.
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
    await clock.advance(millis(15_000))
    expect(await result).toMatchObject({ kind: 'answer', status: 200, body: 'part' })
  })

  test('a huge body is cut, not an error', async () => {
    const port = await serve((_request, response) => response.end('x'.repeat(5_000_000)))
    const result = await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(result.kind === 'answer' && result.body.length).toBe(BODY_LIMIT)
  })

  test.each([
    ['resets', (_write: (text: string) => void, reset: () => void) => reset(), 'reset'],
    ['speaks nonsense', (write: (text: string) => void) => write('SSH-2.0-OpenSSH_9\r\n'), 'protocol'],
    ['sends endless headers', (write: (text: string) => void) => write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`), 'protocol'],
    [
      'sends half an answer',
      (write: (text: string) => void, reset: () => void) => {
        write('HTTP/1.1 20')
        reset()
      },
      'reset',
    ],
  ])('%s', async (_name, behave, expected) => {
    const port = await listen(
      createTcpServer(socket => {
        socket.on('error', () => undefined)
        socket.once('data', () =>
          behave(
            text => socket.write(text),
            () => socket.resetAndDestroy(),
          ),
        )
      }),
    )
    expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`))).toBe(expected)
  })

  test('nobody listens', async () => {
    const server = createServer()
    const port = await listen(server)
    server.close()
    expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`))).toBe('connect')
  })

  test('the name does not exist', async () => {
    expect(reason(await send(egress(''), 'http://nowhere.test/'))).toBe('dns')
  })

  test('plain HTTP behind https', async () => {
    const port = await serve((_request, response) => response.end())
    expect(reason(await send(egress('127.0.0.1'), `https://127.0.0.1:${port}/`))).toBe('tls')
  })

  test('an idle connection that was closed meanwhile is replaced at once', async () => {
    let requests = 0
    const server = createTcpServer(socket => {
      socket.on('error', () => undefined)
      socket.on('data', () => {
        requests++
        // The second request on this connection is what a server that just closed it would never read.
        if (requests === 2) socket.resetAndDestroy()
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      })
    })
    const port = await listen(server)
    const from = egress('127.0.0.1')
    expect(reason(await send(from, `http://127.0.0.1:${port}/`))).toBe('answer 200')
    expect(reason(await send(from, `http://127.0.0.1:${port}/`))).toBe('answer 200')
    expect(requests).toBe(3)
  })
})

test('credentials of the URL travel as Basic authorisation and in no text', async () => {
  const seen: unknown[] = []
  const port = await serve((request, response) => {
    seen.push(request.headers.authorization, request.headers['user-agent'], request.url)
    response.end()
  })
  await send(egress('127.0.0.1'), `http://us%65r:p%40ss@127.0.0.1:${port}/a?b=c`)
  expect(seen).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`, 'test', '/a?b=c'])
  expect(JSON.stringify(await send(egress(''), `http://user:hunter2@127.0.0.1:${port}/path-secret`))).not.toMatch(/hunter2|path-secret/)
})

test('a header that cannot be sent is an answer, not an exception', async () => {
  const port = await serve((_request, response) => response.end())
  expect(reason(await send(egress('127.0.0.1'), `http://127.0.0.1:${port}/`, { headers: { 'x-a': 'b\r\nc: d' } }))).toBe('refused')
})

describe('uploads', () => {
  /** Far more than sockets hold back, and a note of whether its reader left. */
  const large = () => {
    const state = { left: false, given: 0 }
    const bytes = (async function* () {
      try {
        for (; state.given < 512; state.given++) yield Buffer.alloc(64 * 1024)
      } finally {
        state.left = true
      }
    })()
    return { state, bytes, headers: { 'content-length': String(512 * 64 * 1024) } }
  }
  const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
    const pieces: Uint8Array[] = []
    for await (const piece of body) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }
  const refused = async (reading: Promise<unknown>): Promise<string> => reading.then(() => 'answered', error => String((error as Error).message))

  test('are put as they come', async () => {
    const port = await serve((incoming, reply) => {
      let size = 0
      incoming.on('data', (data: Buffer) => (size += data.length))
      incoming.on('end', () => reply.end(`${incoming.method} ${size}`))
    })
    const { bytes, headers } = large()
    const { status, body } = await egress('127.0.0.1').open(`http://127.0.0.1:${port}/a`, headers, bytes)
    expect(status).toBe(200)
    expect(await textOf(body)).toBe('PUT 33554432')
  })

  test('are left where the answer comes before their end', async () => {
    const port = await serve((_, reply) => reply.writeHead(403, { connection: 'close' }).end('no'))
    const { bytes, headers, state } = large()
    const { status, body } = await egress('127.0.0.1').open(`http://127.0.0.1:${port}/a`, headers, bytes)
    expect(status).toBe(403)
    expect(await textOf(body)).toBe('no')
    await expect.poll(() => state.left).toBe(true)
    expect(state.given).toBeLessThan(512)
  })

  test('reject where their source fails, or the other side goes away', async () => {
    const port = await serve(incoming => void incoming.resume())
    const failing = (async function* () {
      yield Buffer.from('a')
      throw new Error('the disk is gone')
    })()
    expect(await refused(egress('127.0.0.1').open(`http://127.0.0.1:${port}/a`, { 'content-length': '5' }, failing))).toBe('the disk is gone')
    const rude = await serve(incoming => incoming.once('data', () => incoming.socket.destroy()))
    const { bytes, headers, state } = large()
    expect(await refused(egress('127.0.0.1').open(`http://127.0.0.1:${rude}/a`, headers, bytes))).toMatch(/ECONNRESET|EPIPE|socket hang up/)
    await expect.poll(() => state.left).toBe(true)
  })
})
