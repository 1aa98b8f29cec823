import type { SetSubscriptionAttributesCommandInput } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { filterPolicyLimitExceeded } from './faults.ts'
import { findSubscription } from './find-subscription.ts'
import type { SnsParts } from './parts.ts'
import { FILTER_POLICIES } from './subscribe.ts'
import { checkedAttributes, hasFilter } from './subscription-attributes.ts'
import { withAttribute } from './topic-attributes.ts'

const INPUT = structure({ SubscriptionArn: text(), AttributeName: text() }, ['SubscriptionArn', 'AttributeName'])

export const setSubscriptionAttributes = ({ subscriptions, turns }: SnsParts) =>
  operation<SetSubscriptionAttributesCommandInput, undefined>({
    name: 'SetSubscriptionAttributes',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    async run(input, call) {
      enforce(INPUT, input)
      const { SubscriptionArn: arn = '', AttributeName: name = '', AttributeValue: value = '' } = input
      return turns.run(arn.slice(0, arn.lastIndexOf(':')), async () => {
        const subscription = await findSubscription(subscriptions, call, arn)
        const subscribed = { protocol: subscription.protocol, region: call.tenant.region }
        // The value is checked as it was given, then with all others: a scope may no longer fit its filter.
        checkedAttributes({ [name]: value, ...scopeFor(name, subscription.attributes) }, subscribed, '')
        const attributes = checkedAttributes(withAttribute(subscription.attributes, name, value), subscribed, '')
        if (hasFilter(attributes) && !hasFilter(subscription.attributes)) {
          const others = await subscriptions.list(call.tenant, subscription.topicArn, call.now)
          if (others.filter(other => hasFilter(other.attributes)).length >= FILTER_POLICIES) throw filterPolicyLimitExceeded()
        }
        await subscriptions.put({ ...subscription, attributes })
        return undefined
      })
    },
  })

const scopeFor = (name: string, { FilterPolicyScope }: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  name === 'FilterPolicy' && FilterPolicyScope !== undefined ? { FilterPolicyScope } : {}
