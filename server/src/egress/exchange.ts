import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Clock } from '../base/clock.ts'
import type { OutgoingResult } from '../base/outgoing.ts'
import type { Millis } from '../base/time.ts'
import { failureOf, type Phase } from './failure.ts'
import type { Target } from './target.ts'

/** What is read of an answer; a delivery needs a status and a sentence, not a film. */
export const BODY_LIMIT = 64 * 1024

export interface ExchangeOptions {
  readonly target: Target
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly connectTimeout: Millis
  readonly timeout: Millis
  readonly clock: Clock
  readonly agent: Agent
  readonly lookup: LookupFunction
}

/** One request and its answer on one connection, pooled or new. Never rejects. */
export const exchange = async (options: ExchangeOptions): Promise<OutgoingResult> => {
  const first = await attempt(options)
  // The receiver closed an idle pooled connection just as it was picked: nobody has read the request.
  return first === 'stale' ? freshAttempt(options) : first
}

const freshAttempt = async (options: ExchangeOptions): Promise<OutgoingResult> => {
  const second = await attempt(options)
  return second === 'stale' ? { kind: 'failure', reason: 'reset', detail: `${options.target.host} closed the connection` } : second
}

const attempt = ({ target, method, headers, body, connectTimeout, timeout, clock, agent, lookup }: ExchangeOptions) =>
  new Promise<OutgoingResult | 'stale'>(resolve => {
    let phase: Phase = 'resolve'
    let response: IncomingMessage | undefined
    let received = ''
    let settled = false

    const finish = (result: OutgoingResult | 'stale'): void => {
      if (settled) return
      settled = true
      total.cancel()
      connect.cancel()
      resolve(result)
    }
    const answer = (message: IncomingMessage): OutgoingResult =>
      ({ kind: 'answer', status: message.statusCode ?? 0, headers: flatten(message), body: received })
    const cut = (): void => {
      // Once the status is known the receiver has decided; a body that never ends does not change that.
      finish(response === undefined ? { kind: 'failure', reason: 'timeout', detail: timeoutText(phase, target.host) } : answer(response))
      request.destroy()
    }
    const total = clock.after(timeout, cut)
    const connect = clock.after(connectTimeout, () => {
      if (phase !== 'exchange') cut()
    })

    const request = (target.secure ? httpsRequest : httpRequest)({
      agent, lookup, method,
      host: target.host,
      port: target.port,
      path: target.path,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    })
    request.on('socket', socket => {
      if (!socket.connecting) phase = 'exchange'
      else {
        socket.once('lookup', () => { phase = 'connect' })
        socket.once('connect', () => { phase = target.secure ? 'tls' : 'exchange' })
        socket.once('secureConnect', () => { phase = 'exchange' })
      }
    })
    request.on('response', message => {
      response = message
      message.setEncoding('utf8')
      message.on('data', (chunk: string) => {
        received += chunk
        if (received.length < BODY_LIMIT) return
        received = received.slice(0, BODY_LIMIT)
        finish(answer(message))
        request.destroy()
      })
      message.on('end', () => finish(answer(message)))
      message.on('close', () => finish(answer(message)))
      message.on('error', () => finish(answer(message)))
    })
    request.on('error', error => {
      if (response !== undefined) return finish(answer(response))
      const code = 'code' in error ? error.code : undefined
      finish(request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE') ? 'stale' : failureOf(error, phase, target.host))
    })
    request.on('upgrade', (message, socket) => {
      socket.destroy()
      finish(answer(message))
    })
    request.end(body)
  })

const timeoutText = (phase: Phase, host: string): string =>
  ({
    resolve: `${host} could not be resolved in time`,
    connect: `${host} did not accept a connection in time`,
    tls: `${host} did not finish the TLS handshake in time`,
    exchange: `${host} did not answer in time`,
  })[phase]

const flatten = (message: IncomingMessage): Record<string, string> => {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}
