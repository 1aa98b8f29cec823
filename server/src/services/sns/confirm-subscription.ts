import type { ConfirmSubscriptionCommandInput, ConfirmSubscriptionResponse } from '@aws-sdk/client-sns'
import { parseArn, type ArnParts } from '../../base/arn.ts'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { authorizationError, invalidParameter, refusal } from './faults.ts'
import type { SnsParts } from './parts.ts'

const INPUT = structure({ TopicArn: text(), Token: text() }, ['TopicArn', 'Token'])

/** Anybody may confirm who holds the token: that is what proves that the message arrived. Confirming twice is harmless. */
export const confirmSubscription = ({ subscriptions, turns }: SnsParts) =>
  operation<ConfirmSubscriptionCommandInput, ConfirmSubscriptionResponse>({
    name: 'ConfirmSubscription',
    kind: 'write',
    access: 'anonymous',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, { principal, now }) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', Token: token = '' } = input
      const named = parseArn(arn)
      if (named?.service !== 'sns') throw invalidParameter('Topic')
      if (!/^[0-9a-f]{1,1024}$/i.test(token)) throw refusal('Invalid token')
      const signed = principal.kind !== 'anonymous'
      const authenticate = input.AuthenticateOnUnsubscribe?.toLowerCase() === 'true'
      if (authenticate && !signed) throw authorizationError('AuthenticateOnUnsubscribe can only be asked for in a signed request')
      const topicArn = (await subscriptions.byToken(token))?.topicArn
      if (topicArn === undefined) throw invalidParameter('Token')
      if (!isInSamePlace(named, topicArn)) throw invalidParameter('Topic')
      return turns.run(topicArn, async () => {
        const subscription = await subscriptions.byToken(token)
        if (subscription === undefined) throw invalidParameter('Token')
        if (subscription.status === 'confirmed') return { SubscriptionArn: subscription.arn }
        if (subscription.tokenExpiresAt <= now) throw invalidParameter('Token')
        const proof = { confirmationWasAuthenticated: signed, authenticateOnUnsubscribe: authenticate }
        await subscriptions.put({ ...subscription, status: 'confirmed', ...proof })
        return { SubscriptionArn: subscription.arn }
      })
    },
  })

/** The topic's name may be another: SNS goes by the token. */
const isInSamePlace = ({ region, account }: ArnParts, topicArn: string): boolean => {
  const own = parseArn(topicArn)
  return own?.region === region && own.account === account
}
