import type { Delivery, DeliveryOutcome, DeliveryTarget, RetryClass } from '../../model/notification.ts'

/** Makes one attempt through the channel of the target's protocol. */
export interface Sender {
  deliver(delivery: Delivery): Promise<DeliveryOutcome>
  retryClass(target: DeliveryTarget): RetryClass
}
