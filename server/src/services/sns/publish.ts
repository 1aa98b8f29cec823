import type { PublishCommandInput, PublishResponse } from '@aws-sdk/client-sns'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import { findTopic, isFifo } from './find-topic.ts'
import { checkedMessage, checkFifoIds } from './message-rules.ts'
import type { SnsParts } from './parts.ts'
import { planned } from './planned-publication.ts'

const INPUT = structure({ Message: text() }, ['Message'])

/** Answered once the message and its deliveries are on disk. */
export const publish = (parts: SnsParts) =>
  operation<PublishCommandInput, PublishResponse>({
    name: 'Publish',
    kind: 'data',
    access: 'signed',
    resources: input => [input.TopicArn ?? input.TargetArn ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      checkPhoneNumber(input.PhoneNumber)
      const message = checkedMessage({ ...input, Message: input.Message })
      const arn = input.TopicArn ?? input.TargetArn
      if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter')
      const topic = await findTopic(parts.topics, call.tenant, arn, input.TopicArn === undefined ? 'TargetArn' : 'TopicArn')
      checkFifoIds({ ...input, Message: input.Message }, isFifo(arn), topic.attributes['ContentBasedDeduplication'] === 'true')
      const { publication, answer } = planned(parts, call, topic, input, message)
      if (publication !== undefined) await parts.outbox.publish([publication])
      return answer
    },
  })

const checkPhoneNumber = (number: string | undefined): void => {
  if (number === undefined) return
  if (!/^\+?[0-9]{7,15}$/.test(number)) throw invalidParameter(`PhoneNumber Reason: ${number} is not valid to publish to`)
  throw invalidParameter('PhoneNumber Reason: Tocsin does not deliver to sms endpoints yet')
}
