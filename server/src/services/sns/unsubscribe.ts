import type { UnsubscribeCommandInput } from '@aws-sdk/client-sns'
import type { Subscription } from '../../model/topic.ts'
import { type Call, operation } from '../operation.ts'
import { freshToken, sendConfirmation } from './confirmation.ts'
import { needsConfirmation } from './endpoint-rules.ts'
import { authorizationError, invalidParameter } from './faults.ts'
import { checkSubscriptionId } from './find-subscription.ts'
import type { SnsParts } from './parts.ts'

/** Unsubscribing what is not there succeeds. Unsigned callers know the ARN from the link in a message. */
export const unsubscribe = (parts: SnsParts) =>
  operation<UnsubscribeCommandInput, undefined>({
    name: 'Unsubscribe',
    kind: 'write',
    access: 'anonymous',
    resources: () => ['*'],
    async run(input, call) {
      const arn = input.SubscriptionArn ?? ''
      checkSubscriptionArn(arn)
      const topicArn = arn.slice(0, arn.lastIndexOf(':'))
      await parts.turns.run(topicArn, async () => {
        const subscription = await visible(parts, call, arn)
        if (subscription !== undefined) await end(parts, call, subscription)
      })
      return undefined
    },
  })

const checkSubscriptionArn = (arn: string): void => {
  if (arn === '') throw invalidParameter('SubscriptionArn Reason: no value for required parameter')
  const elements = arn.split(':').length
  if (elements < 6) throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements}`)
  checkSubscriptionId(arn)
}

const visible = async ({ subscriptions }: SnsParts, { principal, tenant }: Call, arn: string): Promise<Subscription | undefined> => {
  const subscription = principal.kind === 'anonymous' ? await subscriptions.byArn(arn) : await subscriptions.get(tenant, arn)
  return subscription?.status === 'deleted' ? undefined : subscription
}

/**
 * When somebody unknown ends it, the endpoint is told, with a link that restores the subscription; the owner's own call
 * needs no such goodbye.
 */
const end = async ({ subscriptions, outbox, entropy }: SnsParts, { principal, now }: Call, subscription: Subscription): Promise<void> => {
  const anonymous = principal.kind === 'anonymous'
  if (anonymous && subscription.authenticateOnUnsubscribe) {
    throw authorizationError('This subscription can only be ended by a signed request of its owner')
  }
  const says = anonymous && subscription.status === 'confirmed' && needsConfirmation(subscription.protocol, subscription.endpoint)
  if (!says) return subscriptions.delete(subscription.arn)
  const ended: Subscription = { ...subscription, status: 'deleted', ...freshToken(entropy, now) }
  await subscriptions.put(ended)
  await sendConfirmation(outbox, entropy, now, ended, 'UnsubscribeConfirmation')
}
