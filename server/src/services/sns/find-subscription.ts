import type { Subscription } from '../../model/topic.ts'
import type { Call } from '../operation.ts'
import { invalidParameter, subscriptionNotFound } from './faults.ts'
import { checkArn } from './find-topic.ts'
import type { SubscriptionStore } from './ports.ts'

/** The caller's subscription; neither ended nor lapsed before it was confirmed. */
export const findSubscription = async (subscriptions: SubscriptionStore, { tenant, now }: Call, arn: string): Promise<Subscription> => {
  checkArn(tenant, arn, 'SubscriptionArn')
  if (arn.split(':').length < 7) throw invalidParameter('SubscriptionArn')
  const subscription = await subscriptions.get(tenant, arn)
  const lives = subscription?.status === 'confirmed' || (subscription?.status === 'pending' && subscription.tokenExpiresAt > now)
  if (subscription === undefined || !lives) throw subscriptionNotFound()
  return subscription
}
