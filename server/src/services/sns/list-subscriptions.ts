import type { ListSubscriptionsCommandInput, ListSubscriptionsResponse } from '@aws-sdk/client-sns'
import { operation } from '../operation.ts'
import { listed } from './listed-subscription.ts'
import { pageOf } from './page.ts'
import type { SnsParts } from './parts.ts'

export const listSubscriptions = ({ subscriptions }: SnsParts) =>
  operation<ListSubscriptionsCommandInput, ListSubscriptionsResponse>({
    name: 'ListSubscriptions',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant, now }) {
      const { items, ...next } = pageOf(await subscriptions.list(tenant, undefined, now), input.NextToken)
      return { Subscriptions: items.map(listed), ...next }
    },
  })
