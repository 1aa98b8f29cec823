import type { Subscription as Listed } from '@aws-sdk/client-sns'
import type { Subscription } from '../../model/topic.ts'

/** How a subscription stands in lists: until it is confirmed, its ARN is kept back. */
export const listed = (subscription: Subscription): Listed => ({
  SubscriptionArn: subscription.status === 'pending' ? 'PendingConfirmation' : subscription.arn,
  Owner: subscription.tenant.account,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topicArn,
})
