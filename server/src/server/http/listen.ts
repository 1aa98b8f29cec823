import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Log } from '../../base/log.ts'
import { Fault } from '../../wire/fault.ts'
import { isWhole, type StreamedReply, type WireReply } from '../../wire/protocol.ts'
import type { ObjectDoor } from '../aws/object-door.ts'
import { bareFault } from '../aws/bare-fault.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { BodyBudget } from './body-budget.ts'
import type { CrossOrigin } from './cross-origin.ts'
import { ConfigError } from '../config/read-config.ts'
import { letGo } from './let-go.ts'
import { readBody } from './read-body.ts'
import { arriving, drain, streamReply } from './streamed.ts'

/** A slow sender is cut off after this long; every AWS request is small. */
const REQUEST_TIMEOUT = 30_000
const HEADERS_TIMEOUT = 10_000
/** Longer than the idle time that AWS SDKs and common proxies allow themselves, so that it is they who close. */
const KEEP_ALIVE_TIMEOUT = 65_000

/** How long a connection that is refused stays open for its refusal to be read. */
const LINGER = 1_000
/** About 20 kB each while nothing is said. */
const MOST_CONNECTIONS = 10_000
/** For the stores, 192 deliveries under way and their kept connections, and whatever starts a child. */
const RESERVED_DESCRIPTORS = 512

type Answer = (request: ReceivedRequest) => Promise<StreamedReply>
/** What those are told whose requests could not be read, by protocols that have their own form for it; undefined: none of them. */
type Refused = (request: Omit<ReceivedRequest, 'body'>, fault: Fault) => WireReply | undefined
/** Takes requests whose bodies are not to be read whole, and those only. */
export type Streams = Pick<ObjectDoor, 'takes' | 'answer'>

export interface Listener {
  /** The address actually bound, e.g. `http://127.0.0.1:4566`. */
  readonly url: string
  /** Stops taking connections, lets running answers finish, then closes the rest. */
  close(): Promise<void>
}

/** Opens the one port and hands every request, read whole, to `answer`, unless `streams` takes it as it comes. */
export const listen = async (options: {
  readonly host: string
  readonly port: number
  readonly answer: Answer
  readonly streams?: Streams
  readonly refused?: Refused
  readonly crossOrigin: CrossOrigin
  readonly log: Log
  /** Further ones are closed as they come. */
  readonly maxConnections?: number
}): Promise<Listener> => {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: HEADERS_TIMEOUT, keepAliveTimeout: KEEP_ALIVE_TIMEOUT })
  server.maxConnections = options.maxConnections ?? connectionBound()
  const budget = new BodyBudget()
  server.on('request', (request, response) => void serve(server, budget, streaming, request, response, options))
  const streaming = new WeakSet<Socket>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // An object takes as long as it takes; whoever sends nothing for a while is cut off by the door for objects itself.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && streaming.has(socket as Socket)) return
    closeWithBadRequest(socket as Socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(new ConfigError(`Cannot listen on ${options.host} port ${options.port}: ${error.message}`)))
    server.listen(options.port, options.host, () => resolve())
  })
  return { url: urlOf(server, options.host), close: () => close(server) }
}

interface Serving {
  readonly answer: Answer
  readonly streams?: Streams
  readonly refused?: Refused
  readonly crossOrigin: CrossOrigin
  readonly log: Log
}

const serve = async (
  server: Server,
  budget: BodyBudget,
  streaming: WeakSet<Socket>,
  request: IncomingMessage,
  response: ServerResponse,
  options: Serving,
): Promise<void> => {
  const write = (reply: WireReply, origin: Readonly<Record<string, string>> = {}): void => {
    // An unread rest of a refused body would be taken for the next request; and a server that closes waits for nobody's next one.
    writeReply(response, request, reply, origin, request.complete && server.listening)
  }
  try {
    const origin = options.crossOrigin.headers(request.headers)
    if (options.crossOrigin.refuses(request.headers)) {
      request.resume()
      write(bareFault(foreignPage()))
    } else if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      request.resume()
      write({ status: 204, headers: {}, body: '' }, origin)
    } else if (options.streams?.takes(headOf(request)) === true) {
      streaming.add(request.socket)
      try {
        const reply = await options.streams.answer({ ...headOf(request), bytes: arriving(request) })
        await streamReply(response, request, reply, origin, request.complete && server.listening)
      } finally {
        streaming.delete(request.socket)
        drain(request)
      }
    } else {
      const received = { ...headOf(request), body: await readBody(request, budget) }
      let reply: StreamedReply
      try {
        reply = await options.answer(received)
        if (isWhole(reply)) write(reply, origin)
      } finally {
        budget.give(received.body.length)
        letGo(received.body)
      }
      // It may last until the server stops, which then waits for no further request.
      if (!isWhole(reply)) await streamReply(response, request, reply, origin, false)
    }
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault('InternalFailure', 'The request could not be served.', { status: 500 })
    if (!(error instanceof Fault)) options.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a request could not be served')
    write(options.refused?.(headOf(request), fault) ?? bareFault(fault))
  }
}

const headOf = (request: IncomingMessage): Omit<ReceivedRequest, 'body'> => {
  const target = withoutHost(request.url ?? '/')
  const mark = target.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    // Node joins repeated headers with a comma, set-cookie apart, which no request carries.
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    // IPv4 in its own form; forwarding headers are not believed.
    sourceAddress: (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
    secure: false,
  }
}

/** Proxies are sent whole URLs, and whoever sends one must be understood; whom it names matters as little as `Host`. */
const withoutHost = (target: string): string => {
  if (!/^https?:\/\//i.test(target)) return target
  const path = target.replace(/^https?:\/\/[^/?]*/i, '')
  return path.startsWith('/') ? path : `/${path}`
}

const writeReply = (
  response: ServerResponse,
  request: IncomingMessage,
  reply: WireReply,
  origin: Readonly<Record<string, string>>,
  keepAlive: boolean,
): void => {
  if (response.headersSent || response.destroyed) return
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.byteLength
  const headers: Record<string, string | number> = asAwsSpells({ ...reply.headers, ...origin })
  if (reply.status !== 204) headers['content-length'] = length
  if (!keepAlive) headers['connection'] = 'close'
  response.writeHead(reply.status, headers)
  response.end(request.method === 'HEAD' ? undefined : reply.body)
}

/** Names of headers have no case, but Fluent Bit before 4 looks for this one as AWS writes it, and sends again what lacks it. */
const asAwsSpells = ({ 'x-amzn-requestid': id, ...headers }: Readonly<Record<string, string>>): Record<string, string> =>
  id === undefined ? headers : { ...headers, 'x-amzn-RequestId': id }

const foreignPage = (): Fault =>
  new Fault('AccessDenied', 'Pages of other sites may not call this server while authentication is off.', { shape: 'AccessDeniedException', status: 403 })

const closeWithBadRequest = (socket: Socket): void => {
  if (!socket.writable) return void socket.destroy()
  socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  // Time to read the refusal; then it is over, whether the peer closes its half or not.
  socket.setTimeout(LINGER, () => socket.destroy())
}

/** Files, pipes and outgoing connections need descriptors too: without one left, not even the journal could be written. */
const connectionBound = (): number => {
  const report = process.report.getReport() as { readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } } }
  const descriptors = Number(report.userLimits?.open_files?.soft)
  // 'unlimited' is no number.
  return Number.isNaN(descriptors) ? MOST_CONNECTIONS : Math.max(16, Math.min(MOST_CONNECTIONS, descriptors - RESERVED_DESCRIPTORS))
}

const urlOf = (server: Server, host: string): string => {
  const { port } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

const close = async (server: Server): Promise<void> => {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeIdleConnections()
  await closed
}
