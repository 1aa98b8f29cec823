import type { SubscribeCommandInput, SubscribeResponse } from '@aws-sdk/client-sns'
import type { Arn } from '../../base/arn.ts'
import { principalArn } from '../../model/principal.ts'
import type { Subscription } from '../../model/topic.ts'
import { enforce, structure, text } from '../constraints.ts'
import { type Call, operation } from '../operation.ts'
import { freshToken, sendConfirmation } from './confirmation.ts'
import { checkEndpoint, needsConfirmation } from './endpoint-rules.ts'
import { filterPolicyLimitExceeded, invalidParameter } from './faults.ts'
import { findTopic, isFifo } from './find-topic.ts'
import type { SnsParts } from './parts.ts'
import { checkedAttributes, hasFilter } from './subscription-attributes.ts'
import type { Attributes } from './topic-attributes.ts'

const INPUT = structure({ TopicArn: text(), Protocol: text() }, ['TopicArn', 'Protocol'])
/** Filter policies on one topic. */
export const FILTER_POLICIES = 200

export const subscribe = (parts: SnsParts) =>
  operation<SubscribeCommandInput, SubscribeResponse>({
    name: 'Subscribe',
    kind: 'write',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    conditions: input => ({ 'sns:Protocol': input.Protocol ?? '', 'sns:Endpoint': input.Endpoint ?? '' }),
    differs: [
      {
        member: 'Protocol',
        how:
          '`sqs`, `lambda`, `sms`, `application` and `firehose` are refused with `InvalidParameter`, so a FIFO topic has no ' +
          'subscribers; `slack` and `pagerduty` are here only',
      },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '' } = input
      return parts.turns.run(arn, async () => {
        await findTopic(parts.topics, call.tenant, arn)
        checkEndpoint(protocol, endpoint, isFifo(arn))
        const attributes = checkedAttributes(input.Attributes ?? {}, { protocol, region: call.tenant.region }, 'Attributes Reason: ')
        const subscription = await settled(parts, call, { topicArn: arn as Arn, protocol, endpoint, attributes })
        const shown = subscription.status === 'confirmed' || input.ReturnSubscriptionArn === true
        return { SubscriptionArn: shown ? subscription.arn : 'pending confirmation' }
      })
    },
  })

type Wanted = Pick<Subscription, 'topicArn' | 'protocol' | 'endpoint' | 'attributes'>

/** The subscription that is there already, or a new one; one that waits for its confirmation is asked (again). */
const settled = async (parts: SnsParts, call: Call, wanted: Wanted): Promise<Subscription> => {
  const { subscriptions, outbox, entropy } = parts
  const found = await subscriptions.find(call.tenant, wanted.topicArn, wanted.protocol, wanted.endpoint)
  const lives = found !== undefined && (found.status === 'confirmed' || (found.status === 'pending' && found.tokenExpiresAt > call.now))
  if (lives) checkSame(found.attributes, wanted.attributes)
  const subscription = lives ? found : await create(parts, call, wanted)
  if (subscription.status === 'pending') await sendConfirmation(outbox, entropy, call.now, subscription, 'SubscriptionConfirmation')
  return subscription
}

const checkSame = (existing: Attributes, wanted: Attributes): void => {
  const differs = Object.entries(wanted).some(([name, value]) => (existing[name] ?? DEFAULTS[name] ?? '') !== value)
  if (differs) throw invalidParameter('Attributes Reason: Subscription already exists with different attributes')
}
const DEFAULTS: Attributes = { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageAttributes' }

const create = async ({ subscriptions, entropy }: SnsParts, { tenant, principal, now }: Call, wanted: Wanted): Promise<Subscription> => {
  if (hasFilter(wanted.attributes)) {
    const others = await subscriptions.list(tenant, wanted.topicArn, now)
    if (others.filter(({ attributes }) => hasFilter(attributes)).length >= FILTER_POLICIES) throw filterPolicyLimitExceeded()
  }
  const asks = needsConfirmation(wanted.protocol, wanted.endpoint)
  const subscription: Subscription = {
    ...wanted,
    tenant,
    arn: `${wanted.topicArn}:${entropy.uuid()}` as Arn,
    owner: principalArn(principal),
    status: asks ? 'pending' : 'confirmed',
    ...freshToken(entropy, now),
    confirmationWasAuthenticated: !asks,
    authenticateOnUnsubscribe: false,
    createdAt: now,
  }
  await subscriptions.put(subscription)
  return subscription
}
