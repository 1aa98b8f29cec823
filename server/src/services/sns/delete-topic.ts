import type { DeleteTopicCommandInput } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidState } from './faults.ts'
import { checkArn } from './find-topic.ts'
import type { SnsParts } from './parts.ts'

const INPUT = structure({ TopicArn: text() }, ['TopicArn'])

/** Deleting what is not there succeeds. */
export const deleteTopic = ({ topics, turns }: SnsParts) =>
  operation<DeleteTopicCommandInput, undefined>({
    name: 'DeleteTopic',
    kind: 'write',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const arn = input.TopicArn!
      checkArn(tenant, arn)
      await turns.run(arn, async () => {
        const topic = await topics.get(tenant, arn)
        if (!['', '{}'].includes(topic?.attributes['ArchivePolicy'] ?? '')) throw invalidState('Cannot delete a topic with an ArchivePolicy')
        await topics.delete(tenant, arn)
      })
      return undefined
    },
  })
