import type { Arn } from '../../base/arn.ts'
import { epochMillis } from '../../base/time.ts'
import { effectiveSubscriptionPolicy } from '../../model/delivery-policy.ts'
import type { DeliveryTarget } from '../../model/notification.ts'
import type { Subscription } from '../../model/topic.ts'
import { owner, stored, tenantOf } from './control-database.ts'
import type { SubscriptionRow } from './tables.ts'

type Attributes = Readonly<Record<string, string>>

export const subscriptionRow = (subscription: Subscription): Omit<SubscriptionRow, 'seq'> => ({
  arn: subscription.arn,
  ...owner(subscription.tenant),
  topic_arn: subscription.topicArn,
  protocol: subscription.protocol,
  endpoint: subscription.endpoint,
  owner: subscription.owner,
  status: subscription.status,
  token: subscription.token,
  token_expires_at: subscription.tokenExpiresAt,
  confirmation_was_authenticated: Number(subscription.confirmationWasAuthenticated),
  authenticate_on_unsubscribe: Number(subscription.authenticateOnUnsubscribe),
  attributes: JSON.stringify(subscription.attributes),
  created_at: subscription.createdAt,
})

export const subscriptionOf = (row: Omit<SubscriptionRow, 'seq'>): Subscription => ({
  tenant: tenantOf(row),
  arn: row.arn as Arn,
  topicArn: row.topic_arn as Arn,
  protocol: row.protocol,
  endpoint: row.endpoint,
  owner: row.owner,
  status: row.status as Subscription['status'],
  token: row.token,
  tokenExpiresAt: epochMillis(row.token_expires_at),
  confirmationWasAuthenticated: row.confirmation_was_authenticated === 1,
  authenticateOnUnsubscribe: row.authenticate_on_unsubscribe === 1,
  attributes: stored<Attributes>(row.attributes),
  createdAt: epochMillis(row.created_at),
})

/** What a channel has to know of the subscription, as things stand now. */
export const targetOf = (subscription: Subscription, topic: Attributes): DeliveryTarget => {
  const ownPolicy = subscription.attributes['DeliveryPolicy'] ?? ''
  const topicPolicy = topic['DeliveryPolicy'] ?? ''
  return {
    arn: subscription.arn,
    topicArn: subscription.topicArn,
    topicDisplayName: topic['DisplayName'] ?? '',
    protocol: subscription.protocol,
    endpoint: subscription.endpoint,
    rawMessageDelivery: subscription.attributes['RawMessageDelivery'] === 'true',
    signatureVersion: topic['SignatureVersion'] === '2' ? '2' : '1',
    deliveryPolicy: ownPolicy === '' && topicPolicy === '' ? undefined : effectiveSubscriptionPolicy(topicPolicy, ownPolicy),
  }
}
