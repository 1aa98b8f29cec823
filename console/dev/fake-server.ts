import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fakeCloudWatch, Refusal } from './fake-cloudwatch.ts'
import { ACCOUNT, REGION, TOPIC } from './sample-alarms.ts'
import { sampleDeliveries } from './sample-deliveries.ts'

/** The policy that the server sends with the console; the browser test fails on anything it forbids. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const DIST = join(import.meta.dirname, '../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
}
const CSRF = 'fake-csrf-token'
const COOKIE = 'tocsin-session=fake'
export const KEYS = { accessKeyId: 'AKIAFAKEFAKEFAKEFAKE', secretAccessKey: 'fake-secret' }

export interface FakeServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves the built console with made-up answers. `empty` starts without alarms and metrics. */
export const startFakeServer = async ({ port = 0, empty = false } = {}): Promise<FakeServer> => {
  const clock = () => Date.now() / 1000
  const { handlers } = fakeCloudWatch(clock, empty)
  const deliveries = empty ? [] : sampleDeliveries(clock())

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    }
    const signedIn = request.headers.cookie?.includes(COOKIE) === true
    const session = {
      account: ACCOUNT, region: REGION, user: 'root', csrfToken: CSRF, expiresAt: new Date((clock() + 43_200) * 1000).toISOString(),
    }
    const body = await text(request)

    if (url.pathname === '/api/session' && request.method === 'GET') {
      return signedIn ? json(200, session) : void response.writeHead(204).end()
    }
    if (url.pathname === '/api/session' && request.method === 'POST') {
      const keys = JSON.parse(body) as typeof KEYS
      if (keys.accessKeyId !== KEYS.accessKeyId || keys.secretAccessKey !== KEYS.secretAccessKey) {
        return json(403, { message: 'The access key ID and the secret access key do not belong together, or the key is not active.' })
      }
      return json(200, session, { 'set-cookie': `${COOKIE}; Path=/; HttpOnly; SameSite=Strict` })
    }
    if (request.method === 'GET' && !url.pathname.startsWith('/api/')) return file(url.pathname, response)
    if (!signedIn) return json(401, { __type: 'MissingAuthenticationToken', message: 'Sign in first.' })
    if (request.method !== 'GET' && request.headers['x-tocsin-csrf'] !== CSRF) {
      return json(403, { __type: 'AccessDenied', message: 'The CSRF token is missing.' })
    }
    if (url.pathname === '/api/session') return void response.writeHead(204, { 'set-cookie': `${COOKIE}; Path=/; Max-Age=0` }).end()
    if (url.pathname === '/api/deliveries') {
      return json(200, { deliveries: url.searchParams.get('alarmArn')?.includes('Database') ? deliveries : [] })
    }
    if (url.pathname === '/api/alarms/explanation') {
      const at = new Date((Math.floor(clock() / 60) - 1) * 60_000).toISOString()
      return json(200, {
        alarm: url.searchParams.get('name'), at, verdict: 'ALARM', decidedBy: 'newest-datapoints', contributors: [],
        because: 'The newest 2 datapoints decide: 2 of 2 datapoints breach, and 2 must for ALARM.',
        points: [1, 2, 3].map(minutes => ({
          at: new Date((Math.floor(clock() / 60) - minutes) * 60_000).toISOString(), considered: minutes < 3, samples: minutes < 3 ? 4 : 0,
          ...(minutes < 3 ? { value: 90 + minutes, finding: 'breaching' } : { finding: 'missing' }),
        })),
      })
    }
    if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
      return void response.writeHead(200, { 'content-type': 'text/xml' }).end(topics(empty))
    }
    try {
      const operation = String(request.headers['x-amz-target']).split('.')[1] as keyof typeof handlers
      const handler = handlers[operation] as (input: unknown) => unknown
      return json(200, handler(JSON.parse(body)))
    } catch (error) {
      if (error instanceof Refusal) return json(400, { __type: `com.amazonaws.cloudwatch#${error.code}`, message: error.message })
      throw error
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve, reject) => {
      server.close(error => (error ? reject(error) : resolve()))
      server.closeAllConnections()
    }),
  }
}

const text = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const file = async (path: string, response: ServerResponse): Promise<void> => {
  const name = normalize(path === '/' ? '/index.html' : path)
  const content = await readFile(join(DIST, name)).catch(() => undefined)
  if (content === undefined) return void response.writeHead(404).end()
  response.writeHead(
    200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': CONTENT_SECURITY_POLICY },
  ).end(content)
}

const topics = (empty: boolean): string =>
  `<ListTopicsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListTopicsResult><Topics>${
    empty ? '' : `<member><TopicArn>${TOPIC}</TopicArn></member>`
  }</Topics></ListTopicsResult></ListTopicsResponse>`
