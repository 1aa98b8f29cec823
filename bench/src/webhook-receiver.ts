import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Notification {
  readonly MessageId: string
  readonly Subject: string
  readonly Message: string
  /** Milliseconds since the epoch at which its last byte was there. */
  readonly receivedAt: number
}

interface Envelope extends Notification {
  readonly Type: 'Notification' | 'SubscriptionConfirmation'
  readonly SubscribeURL?: string
}

/** A webhook that confirms its subscription and hands on what it is sent. */
export class WebhookReceiver {
  readonly url: string
  readonly #server: Server
  #confirmed!: () => void
  /** Resolves when a subscription has been confirmed. */
  readonly confirmed = new Promise<void>(resolve => (this.#confirmed = resolve))

  private constructor(server: Server, take: (notification: Notification) => void) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.end()
        const envelope = JSON.parse(Buffer.concat(chunks).toString()) as Envelope
        if (envelope.Type === 'Notification') take({ ...envelope, receivedAt: Date.now() })
        else if (envelope.SubscribeURL !== undefined) void fetch(envelope.SubscribeURL).then(this.#confirmed)
      })
    })
  }

  static async open(take: (notification: Notification) => void): Promise<WebhookReceiver> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new WebhookReceiver(server, take)
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
