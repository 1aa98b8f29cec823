import type { Delivery, DeliveryOutcome, DeliveryTarget } from '../../model/notification.ts'
import type { Channel, DeliveryContext } from '../channel.ts'
import { jsonObject, messageFor } from '../content.ts'
import { endpointSecrets } from '../secrets.ts'
import { verdict } from '../verdict.ts'
import { envelope } from './envelope.ts'
import { CONTENT_TYPE, TIMEOUT, USER_AGENT } from './settings.ts'

/** SNS's own HTTP(S) delivery. */
export const webhook: Channel = {
  name: 'webhook',
  retryClass: 'http',
  claims: ({ protocol }) => protocol === 'http' || protocol === 'https',

  async deliver(delivery: Delivery, context: DeliveryContext): Promise<DeliveryOutcome> {
    const { subscription } = delivery
    const raw = delivery.type === 'Notification' && subscription.rawMessageDelivery
    const result = await context.http.send({
      url: subscription.endpoint,
      method: 'POST',
      headers: headers(delivery, raw),
      body: raw ? messageFor(delivery.publication, subscription.protocol) : await envelope(delivery, context),
      timeout: TIMEOUT,
    })
    const token = delivery.token === undefined ? [] : [delivery.token]
    return verdict(result, context.clock.now(), [...endpointSecrets(subscription.endpoint), ...token])
  },
}

const headers = ({ type, publication, subscription }: Delivery, raw: boolean): Readonly<Record<string, string>> => ({
  'content-type': contentType(subscription),
  'user-agent': USER_AGENT,
  'accept-encoding': 'gzip,deflate',
  'x-amz-sns-message-type': type,
  'x-amz-sns-message-id': publication.messageId,
  'x-amz-sns-topic-arn': subscription.topicArn,
  ...(type === 'SubscriptionConfirmation' ? {} : { 'x-amz-sns-subscription-arn': subscription.arn }),
  ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
})

/** The delivery policy's `headerContentType`, where it is one that a header can hold. */
const contentType = ({ deliveryPolicy }: DeliveryTarget): string => {
  const policy = deliveryPolicy === undefined ? undefined : jsonObject(deliveryPolicy)
  const request = member(policy, 'requestPolicy') ?? member(member(policy, 'http'), 'defaultRequestPolicy')
  const type = typeof request === 'object' && request !== null && 'headerContentType' in request ? request.headerContentType : undefined
  return typeof type === 'string' && /^[\x20-\x7e]{3,100}$/.test(type) ? type : CONTENT_TYPE
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : undefined
