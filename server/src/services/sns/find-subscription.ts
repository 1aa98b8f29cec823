import type { Subscription } from '../../model/topic.ts'
import type { Call } from '../operation.ts'
import { invalidParameter, subscriptionNotFound } from './faults.ts'
import { checkArn } from './find-topic.ts'
import type { SubscriptionStore } from './ports.ts'

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What follows the topic's ARN must be a UUID. */
export const checkSubscriptionId = (arn: string): void => {
  if (!ID.test(arn.split(':')[6] ?? '')) throw invalidParameter('SubscriptionId')
}

/** The caller's subscription; neither ended nor lapsed before it was confirmed. */
export const findSubscription = async (subscriptions: SubscriptionStore, { tenant, now }: Call, arn: string): Promise<Subscription> => {
  checkArn(tenant, arn, 'SubscriptionArn')
  checkSubscriptionId(arn)
  const subscription = await subscriptions.get(tenant, arn)
  const lives = subscription?.status === 'confirmed' || (subscription?.status === 'pending' && subscription.tokenExpiresAt > now)
  if (subscription === undefined || !lives) throw subscriptionNotFound()
  return subscription
}
