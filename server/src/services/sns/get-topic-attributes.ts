import type { GetTopicAttributesCommandInput, GetTopicAttributesResponse } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findTopic } from './find-topic.ts'
import type { SnsParts } from './parts.ts'
import { readableAttributes } from './topic-attributes.ts'

const INPUT = structure({ TopicArn: text() }, ['TopicArn'])

export const getTopicAttributes = ({ topics, subscriptions }: SnsParts) =>
  operation<GetTopicAttributesCommandInput, GetTopicAttributesResponse>({
    name: 'GetTopicAttributes',
    kind: 'read',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, { tenant, now }) {
      enforce(INPUT, input)
      const topic = await findTopic(topics, tenant, input.TopicArn!)
      return { Attributes: readableAttributes(topic, await subscriptions.count(tenant, topic.arn, now)) }
    },
  })
