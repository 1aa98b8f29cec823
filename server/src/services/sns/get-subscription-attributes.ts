import type { GetSubscriptionAttributesCommandInput, GetSubscriptionAttributesResponse } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findSubscription } from './find-subscription.ts'
import type { SnsParts } from './parts.ts'
import { readableAttributes } from './subscription-attributes.ts'

const INPUT = structure({ SubscriptionArn: text() }, ['SubscriptionArn'])

export const getSubscriptionAttributes = ({ topics, subscriptions }: SnsParts) =>
  operation<GetSubscriptionAttributesCommandInput, GetSubscriptionAttributesResponse>({
    name: 'GetSubscriptionAttributes',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, call) {
      enforce(INPUT, input)
      const subscription = await findSubscription(subscriptions, call, input.SubscriptionArn!)
      return { Attributes: readableAttributes(subscription, await topics.get(call.tenant, subscription.topicArn)) }
    },
  })
