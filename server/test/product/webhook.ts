import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedMessage {
  readonly Type: string
  readonly MessageId: string
  readonly TopicArn: string
  readonly Subject?: string
  readonly Message: string
  readonly SubscribeURL?: string
  /** Milliseconds since the epoch at which it came in. */
  readonly receivedAt: number
}

/** Somebody's webhook: keeps what it is sent and confirms its subscription; `answer` decides what it says. */
export class Webhook {
  readonly messages: ReceivedMessage[] = []
  readonly url: string
  answer: () => number = () => 200
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const status = this.answer()
        if (status === 200) this.#take(Buffer.concat(chunks).toString())
        response.statusCode = status
        response.end()
      })
    })
  }

  static async open(): Promise<Webhook> {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return new Webhook(server)
  }

  notifications(): readonly ReceivedMessage[] {
    return this.messages.filter(({ Type }) => Type === 'Notification')
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #take(body: string): void {
    const message = { ...(JSON.parse(body) as ReceivedMessage), receivedAt: Date.now() }
    this.messages.push(message)
    if (message.Type === 'SubscriptionConfirmation' && message.SubscribeURL !== undefined) void fetch(message.SubscribeURL)
  }
}
