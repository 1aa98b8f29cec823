import type { Log } from '../../base/log.ts'
import type { Delivery } from '../../model/notification.ts'

/** Tells the operator once that a subscription loses messages, and how many there were once it receives again. */
export class DeadLetterNotice {
  readonly #log: Log
  readonly #lost = new Map<string, number>()

  constructor(log: Log) {
    this.#log = log
  }

  died({ subscription }: Delivery, why: string): void {
    const before = this.#lost.get(subscription.arn) ?? 0
    this.#lost.set(subscription.arn, before + 1)
    if (before > 0) return
    this.#log.error(
      { subscription: subscription.arn, protocol: subscription.protocol, why },
      'a notification could not be delivered and was given up; further ones of this subscription are only counted',
    )
  }

  delivered({ subscription }: Delivery): void {
    const lost = this.#lost.get(subscription.arn)
    if (lost === undefined) return
    this.#lost.delete(subscription.arn)
    const text = 'a subscription receives again; the lost notifications are among the dead letters'
    this.#log.info({ subscription: subscription.arn, lost }, text)
  }
}
