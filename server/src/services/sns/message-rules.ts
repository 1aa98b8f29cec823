import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import type { MessageAttribute } from '../../model/notification.ts'
import type { Fault } from '../../wire/fault.ts'
import { invalidParameter } from './faults.ts'
import { attributesSize, messageAttributes } from './message-attributes.ts'

/** Bytes of message and attributes together; also of a whole batch. */
export const MAX_MESSAGE = 262_144

/** What Publish and an entry of PublishBatch have alike. */
export interface MessageInput {
  readonly Message: string | undefined
  readonly Subject?: string | undefined
  readonly MessageStructure?: string | undefined
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined
  readonly MessageDeduplicationId?: string | undefined
  readonly MessageGroupId?: string | undefined
}

export interface CheckedMessage {
  readonly message: string
  readonly subject: string | undefined
  readonly structure: 'json' | undefined
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  /** Bytes. */
  readonly size: number
}

/** Refuses what SNS would refuse, in its order. `entry` is the place in a batch, from 1, whose subject is looked at apart. */
export const checkedMessage = (input: MessageInput, entry?: number): CheckedMessage => {
  const { Message: message = '', Subject: subject } = input
  const wrong = entry === undefined ? subjectFault(subject) : undefined
  if (wrong !== undefined) throw wrong
  if (message === '') throw invalidParameter('Empty message')
  const attributes = messageAttributes(input.MessageAttributes ?? {}, entry)
  const size = Buffer.byteLength(message) + attributesSize(attributes)
  if (entry === undefined && size > MAX_MESSAGE) throw invalidParameter('Message too long')
  return { message, subject, structure: checkedStructure(input.MessageStructure, message), attributes, size }
}

/** At most 100 ASCII characters that begin with a letter, digit or mark; no line breaks or control characters. */
export const subjectFault = (subject: string | undefined): Fault | undefined =>
  subject === undefined || /^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject) ? undefined : invalidParameter('Subject')

const checkedStructure = (structure: string | undefined, message: string): 'json' | undefined => {
  if (structure === undefined || structure === '') return undefined
  if (structure !== 'json') throw invalidParameter('MessageStructure')
  const texts = parsed(message)
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) {
    throw invalidParameter('Message Structure - JSON message body failed to parse')
  }
  if (typeof (texts as Readonly<Record<string, unknown>>)['default'] !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body')
  }
  return 'json'
}

const parsed = (message: string): unknown => {
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

const FIFO_ID = /^[\x21-\x7e]{1,128}$/

/** Group and deduplication ids are for FIFO topics; a group may also be given to a standard one. */
export const checkFifoIds = (input: MessageInput, fifo: boolean, contentBased: boolean): void => {
  const { MessageGroupId: group, MessageDeduplicationId: id } = input
  if (!fifo && id !== undefined) {
    const reason = 'The request includes MessageDeduplicationId parameter that is not valid for this topic type'
    throw invalidParameter(`MessageDeduplicationId Reason: ${reason}`)
  }
  if (fifo && (group ?? '') === '') throw invalidParameter('The MessageGroupId parameter is required for FIFO topics')
  if (fifo && id === undefined && !contentBased) {
    throw invalidParameter('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly')
  }
  if (group !== undefined && !FIFO_ID.test(group)) throw invalidParameter('MessageGroupId')
  if (id !== undefined && !FIFO_ID.test(id)) throw invalidParameter('MessageDeduplicationId')
}
