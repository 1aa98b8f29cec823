import type { BatchResultErrorEntry, PublishBatchCommandInput, PublishBatchRequestEntry, PublishBatchResponse } from '@aws-sdk/client-sns'
import { Fault } from '../../wire/fault.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findTopic, isFifo } from './find-topic.ts'
import { checkedMessage, checkFifoIds, MAX_MESSAGE, subjectFault } from './message-rules.ts'
import type { SnsParts } from './parts.ts'
import { planned } from './planned-publication.ts'

const INPUT = structure(
  { TopicArn: text(), PublishBatchRequestEntries: list(structure({ Id: text(), Message: text() }, ['Id', 'Message'])) },
  ['TopicArn', 'PublishBatchRequestEntries'],
)
const ENTRIES = 10
const ID_LENGTH = 80

/** As with SNS, a faulty entry refuses the whole batch, but for its subject, which only it fails by; accepted entries are on disk together. */
export const publishBatch = (parts: SnsParts) =>
  operation<PublishBatchCommandInput, PublishBatchResponse>({
    name: 'PublishBatch',
    kind: 'data',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', PublishBatchRequestEntries: entries = [] } = input
      if (entries.length > ENTRIES) {
        throw refused('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.')
      }
      if (entries.length === 0) throw refused('EmptyBatchRequest', "The batch request doesn't contain any entries.")
      const topic = await findTopic(parts.topics, call.tenant, arn)
      checkIds(entries)
      const messages = entries.map((entry, index) => checkedMessage({ ...entry, Message: entry.Message }, index + 1))
      const contentBased = topic.attributes['ContentBasedDeduplication'] === 'true'
      for (const entry of entries) checkFifoIds({ ...entry, Message: entry.Message }, isFifo(arn), contentBased)
      if (messages.reduce((total, { size }) => total + size, 0) > MAX_MESSAGE) {
        throw refused('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.')
      }
      const failed = entries.flatMap(({ Id, Subject }) => failure(Id, subjectFault(Subject)) ?? [])
      const plans = entries.flatMap((entry, index) =>
        subjectFault(entry.Subject) === undefined ? [{ Id: entry.Id, ...planned(parts, call, topic, entry, messages[index]!) }] : [],
      )
      await parts.outbox.publish(plans.flatMap(({ publication }) => publication ?? []))
      return { Successful: plans.map(({ Id, answer }) => ({ Id, ...answer })), Failed: failed }
    },
  })

const failure = (Id: string | undefined, fault: Fault | undefined): BatchResultErrorEntry | undefined =>
  fault && { Id, Code: fault.code, Message: fault.message, SenderFault: true }

const checkIds = (entries: readonly PublishBatchRequestEntry[]): void => {
  const ids = entries.map(({ Id }) => Id ?? '')
  if (new Set(ids).size !== ids.length) {
    throw refused('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
  }
  for (const id of ids) {
    if (id.length > ID_LENGTH) throw refused('InvalidBatchEntryId', `The Id of a batch entry in the batch request is too long: ${id}`)
    if (!/^[A-Za-z0-9_-]+$/.test(id)) {
      throw refused('InvalidBatchEntryId', `The Id of a batch entry in the batch request contains an impermissible character: ${id}`)
    }
  }
}

const refused = (code: string, message: string): Fault => new Fault(code, message, { shape: `${code}Exception` })
