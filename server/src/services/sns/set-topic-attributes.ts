import type { SetTopicAttributesCommandInput } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findTopic, isFifo } from './find-topic.ts'
import type { SnsParts } from './parts.ts'
import { checkTopicAttribute, withAttribute } from './topic-attributes.ts'

const INPUT = structure({ TopicArn: text(), AttributeName: text() }, ['TopicArn', 'AttributeName'])

export const setTopicAttributes = ({ topics, turns }: SnsParts) =>
  operation<SetTopicAttributesCommandInput, undefined>({
    name: 'SetTopicAttributes',
    kind: 'write',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    differs: [
      {
        member: 'AttributeName',
        how: 'those for encryption, tracing, delivery logs and archives are kept and shown, without effect; so is a policy',
      },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', AttributeName: name = '', AttributeValue: value = '' } = input
      return turns.run(arn, async () => {
        const topic = await findTopic(topics, tenant, arn)
        checkTopicAttribute(name, value, isFifo(arn))
        await topics.put({ ...topic, attributes: withAttribute(topic.attributes, name, value) })
        return undefined
      })
    },
  })
