import type { Entropy } from '../../base/entropy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { MessageType, Publication } from '../../model/notification.ts'
import type { Subscription } from '../../model/topic.ts'
import type { Outbox } from './ports.ts'

/** AWS's API reference says two days (its console three). */
const TOKEN_LIFETIME = 2 * 86_400_000

/** A fresh secret for a confirmation link, and how long it opens anything. */
export const freshToken = (entropy: Entropy, now: EpochMillis): Pick<Subscription, 'token' | 'tokenExpiresAt'> => ({
  token: `${entropy.uuid()}${entropy.uuid()}`.replaceAll('-', ''),
  tokenExpiresAt: epochMillis(now + TOKEN_LIFETIME),
})

/** Asks the endpoint to confirm, or tells it that it has been unsubscribed. */
export const sendConfirmation = (
  outbox: Outbox,
  entropy: Entropy,
  now: EpochMillis,
  subscription: Subscription,
  type: Exclude<MessageType, 'Notification'>,
): Promise<void> => {
  const publication: Publication = {
    tenant: subscription.tenant,
    topicArn: subscription.topicArn,
    messageId: entropy.uuid(),
    subject: undefined,
    message: MESSAGES[type](subscription),
    structure: undefined,
    attributes: {},
    publishedAt: now,
    alarm: undefined,
  }
  return outbox.send(publication, subscription, type)
}

const VISIT = 'visit the SubscribeURL included in this message.'
const MESSAGES = {
  SubscriptionConfirmation: ({ topicArn }: Subscription) =>
    `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, ${VISIT}`,
  UnsubscribeConfirmation: ({ arn }: Subscription) =>
    `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, ${VISIT}`,
}
