import type { RemovePermissionCommandInput } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findTopic } from './find-topic.ts'
import type { SnsParts } from './parts.ts'
import { topicPolicy, withStatements } from './topic-permissions.ts'

const INPUT = structure({ TopicArn: text(), Label: text() }, ['TopicArn', 'Label'])

/** Removing a statement that is not there succeeds. */
export const removePermission = ({ topics, turns }: SnsParts) =>
  operation<RemovePermissionCommandInput, undefined>({
    name: 'RemovePermission',
    kind: 'write',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', Label: label } = input
      return turns.run(arn, async () => {
        const topic = await findTopic(topics, tenant, arn)
        const { statements } = topicPolicy(topic)
        const left = statements.filter(({ Sid }) => Sid !== label)
        if (left.length < statements.length) await topics.put(withStatements(topic, left))
        return undefined
      })
    },
  })
