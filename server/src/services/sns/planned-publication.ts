import type { Publication } from '../../model/notification.ts'
import type { Topic } from '../../model/topic.ts'
import type { Call } from '../operation.ts'
import { isFifo } from './find-topic.ts'
import type { CheckedMessage } from './message-rules.ts'
import type { SnsParts } from './parts.ts'

interface Ids {
  readonly MessageGroupId?: string | undefined
  readonly MessageDeduplicationId?: string | undefined
}

interface Planned {
  /** Undefined for the repeat of a message to a FIFO topic. */
  readonly publication: Publication | undefined
  readonly answer: { readonly MessageId: string; readonly SequenceNumber?: string }
}

/** What goes into the outbox for a message, and what its publisher is answered. */
export const planned = (parts: SnsParts, { tenant, now }: Call, topic: Topic, ids: Ids, checked: CheckedMessage): Planned => {
  const { message, subject, structure, attributes } = checked
  const messageId = parts.entropy.uuid()
  const publication: Publication = {
    tenant,
    topicArn: topic.arn,
    messageId,
    subject,
    message,
    structure,
    attributes,
    publishedAt: now,
    alarm: undefined,
    groupId: ids.MessageGroupId,
  }
  if (!isFifo(topic.arn)) return { publication, answer: { MessageId: messageId } }
  const first = parts.deduplication.take({ topicArn: topic.arn, id: ids.MessageDeduplicationId, message, messageId }, now)
  return {
    publication: first.fresh ? publication : undefined,
    answer: { MessageId: first.messageId, SequenceNumber: first.sequenceNumber },
  }
}
