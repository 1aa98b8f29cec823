import type { Delivery, DeliveryOutcome, DeliveryTarget, RetryClass } from '../model/notification.ts'
import type { Channel, DeliveryContext } from './channel.ts'

/** Finds the channel of a delivery and lets it make its attempt. */
export class Dispatch {
  readonly #channels: readonly Channel[]
  readonly #context: DeliveryContext

  constructor(channels: readonly Channel[], context: DeliveryContext) {
    this.#channels = channels
    this.#context = context
  }

  retryClass(target: DeliveryTarget): RetryClass {
    return this.#channelOf(target)?.retryClass ?? 'http'
  }

  async deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const channel = this.#channelOf(delivery.subscription)
    if (channel === undefined) {
      const detail = `no channel serves the protocol ${JSON.stringify(delivery.subscription.protocol)}`
      return { kind: 'failed', retryable: false, status: undefined, detail, retryAt: undefined }
    }
    return channel.deliver(delivery, this.#context)
  }

  #channelOf(target: DeliveryTarget): Channel | undefined {
    return this.#channels.find(channel => channel.claims(target))
  }
}
