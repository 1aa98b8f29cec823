import type { ListSubscriptionsByTopicCommandInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findTopic } from './find-topic.ts'
import { listed } from './listed-subscription.ts'
import { pageOf } from './page.ts'
import type { SnsParts } from './parts.ts'

const INPUT = structure({ TopicArn: text() }, ['TopicArn'])

export const listSubscriptionsByTopic = ({ topics, subscriptions }: SnsParts) =>
  operation<ListSubscriptionsByTopicCommandInput, ListSubscriptionsByTopicResponse>({
    name: 'ListSubscriptionsByTopic',
    kind: 'read',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, { tenant, now }) {
      enforce(INPUT, input)
      const topic = await findTopic(topics, tenant, input.TopicArn!)
      const { items, ...next } = pageOf(await subscriptions.list(tenant, topic.arn, now), input.NextToken)
      return { Subscriptions: items.map(listed), ...next }
    },
  })
