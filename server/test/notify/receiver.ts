import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answer = (received: Received, response: ServerResponse, request: IncomingMessage) => void

/** A real web server that keeps what it got; how it answers can be changed while it runs. */
export class Receiver {
  readonly received: Received[] = []
  /** Requests that are here and have got no answer. */
  unanswered = 0
  answer: Answer
  readonly #server = createServer((request, response) => void this.#take(request, response))
  readonly #waiting: (() => void)[] = []
  #port = 0

  private constructor(answer: Answer) {
    this.answer = answer
  }

  static async start(answer: Answer = (_received, response) => response.end('ok')): Promise<Receiver> {
    const receiver = new Receiver(answer)
    await receiver.listen(0)
    return receiver
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Resolves once so many requests have arrived. */
  async got(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(request, 'end')
    const received = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    this.received.push(received)
    if (!response.closed) {
      this.unanswered++
      response.once('close', () => this.unanswered--)
    }
    this.answer(received, response, request)
    for (const waiting of this.#waiting.splice(0)) waiting()
  }
}

export const status = (code: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answer =>
  (_received, response) => void response.writeHead(code, headers).end(body)

/** Takes the request and never answers. */
export const silence: Answer = () => undefined
