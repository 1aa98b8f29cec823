import { describe, expect, test } from 'vitest'
import { CalledSns } from '../../../test/called-sns.ts'
import { millis } from '../../base/time.ts'

const SLACK = 'https://hooks.slack.com/services/T/B/secret'
const TOPIC = 'arn:aws:sns:us-east-1:111111111111:pages'
const FIFO = 'arn:aws:sns:us-east-1:111111111111:orders.fifo'

const house = async (): Promise<CalledSns> => {
  const sns = new CalledSns()
  await sns.topic('pages')
  await sns.topic('orders.fifo', { FifoTopic: 'true' })
  await sns.run('Subscribe', { TopicArn: TOPIC, Protocol: 'slack', Endpoint: SLACK })
  return sns
}

test('a message carries all that was published, by topic or by target', async () => {
  const sns = await house()
  const attributes = { text: { DataType: 'String', StringValue: 'x' }, bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1]) } }
  const { MessageId } = await sns.run('Publish', { TopicArn: TOPIC, Message: 'm', Subject: 'Hello', MessageAttributes: attributes })
  await sns.run('Publish', { TargetArn: TOPIC, Message: '{"default":"m"}', MessageStructure: 'json' })
  const [first, second] = await sns.sent()
  expect(first?.publication).toMatchObject({
    messageId: MessageId,
    message: 'm',
    subject: 'Hello',
    attributes: { text: { type: 'String', text: 'x' }, bytes: { type: 'Binary', binary: Buffer.from([1]) } },
  })
  expect(second?.publication).toMatchObject({ message: '{"default":"m"}', structure: 'json' })
})

test('filters decide who hears', async () => {
  const sns = await house()
  await sns.run('Subscribe', { TopicArn: TOPIC, Protocol: 'slack', Endpoint: `${SLACK}2`, Attributes: { FilterPolicy: '{"kind":["urgent"]}' } })
  await sns.run('Publish', { TopicArn: TOPIC, Message: 'm', MessageAttributes: { kind: { DataType: 'String', StringValue: 'calm' } } })
  expect((await sns.sent()).map(({ subscription }) => subscription.endpoint)).toEqual([SLACK])
  await sns.run('Publish', { TopicArn: TOPIC, Message: 'm', MessageAttributes: { kind: { DataType: 'String', StringValue: 'urgent' } } })
  expect(await sns.sent()).toHaveLength(2)
})

const attribute = (name: string, value: object) => ({ TopicArn: TOPIC, Message: 'm', MessageAttributes: { [name]: value } })

describe('refused, and nothing is sent', () => {
  test.each<[string, object, string]>([
    ['a mobile endpoint', { TargetArn: 'arn:aws:sns:us-east-1:123456789012:endpoint/APNS/app/1', Message: 'm' },
      'InvalidParameter: Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified'],
    ['no topic', { Message: 'm' }, 'InvalidParameter: Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter'],
    ['no ARN', { Message: 'm', TopicArn: 'x' }, 'InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['empty', { TopicArn: TOPIC, Message: '' }, 'InvalidParameter: Invalid parameter: Empty message'],
    ['too long', { TopicArn: TOPIC, Message: 'ä'.repeat(131_073) }, 'InvalidParameter: Invalid parameter: Message too long'],
    ['attributes count', { ...attribute('a', { DataType: 'String', StringValue: 'x' }), Message: 'm'.repeat(262_137) }, 'InvalidParameter: Invalid parameter: Message too long'],
    ['empty subject', { TopicArn: TOPIC, Message: 'm', Subject: '' }, 'InvalidParameter: Invalid parameter: Subject'],
    ['subject with a break', { TopicArn: TOPIC, Message: 'm', Subject: 'a\nb' }, 'InvalidParameter: Invalid parameter: Subject'],
    ['long subject', { TopicArn: TOPIC, Message: 'm', Subject: 'a'.repeat(101) }, 'InvalidParameter: Invalid parameter: Subject'],
    ['no JSON', { TopicArn: TOPIC, Message: 'm', MessageStructure: 'json' }, 'InvalidParameter: Invalid parameter: Message Structure - JSON message body failed to parse'],
    ['no default', { TopicArn: TOPIC, Message: '{"default":1,"sms":"x"}', MessageStructure: 'json' }, 'InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body'],
    ['structure', { TopicArn: TOPIC, Message: 'm', MessageStructure: 'xml' }, 'InvalidParameter: Invalid parameter: MessageStructure'],
    ['phone', { PhoneNumber: '+1a234', Message: 'm' }, 'InvalidParameter: Invalid parameter: PhoneNumber Reason: +1a234 is not valid to publish to'],
    ['attribute without a value', attribute('attr1', { DataType: 'String' }), "ParameterValueInvalid: The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'."],
    ['attribute with an empty value', attribute('attr1', { DataType: 'String', StringValue: '' }), "ParameterValueInvalid: The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'."],
    ['attribute in the wrong field', attribute('attr1', { DataType: 'Number', BinaryValue: Buffer.from('1') }), "ParameterValueInvalid: The message attribute 'attr1' with type 'Number' must use field 'String'."],
    ['attribute of a strange type', attribute('attr1', { DataType: 'Strings', StringValue: 'x' }), "ParameterValueInvalid: The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."],
    ['attribute that is no number', attribute('attr1', { DataType: 'Number', StringValue: 'x' }), "ParameterValueInvalid: Could not cast message attribute 'attr1' value to number."],
    ['attribute without a type', attribute('attr1', { StringValue: 'x' }), "ValidationError: 1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null"],
    ['name that is empty', attribute('', { DataType: 'String', StringValue: 'x' }), 'ParameterValueInvalid: The request must contain non-empty message attribute names.'],
    ['name with a dot before', attribute('.a', { DataType: 'String', StringValue: 'x' }), "ParameterValueInvalid: Invalid message attribute name starting with character '.' was found."],
    ['name with two dots', attribute('a..b', { DataType: 'String', StringValue: 'x' }), "ParameterValueInvalid: Message attribute name can not have successive '.' character."],
    ['name with a space', attribute('a b', { DataType: 'String', StringValue: 'x' }), "ParameterValueInvalid: Invalid non-alphanumeric character '#x20' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."],
    ['deduplication on a standard topic', { TopicArn: TOPIC, Message: 'm', MessageDeduplicationId: 'd' }, 'InvalidParameter: Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type'],
    ['FIFO without a group', { TopicArn: FIFO, Message: 'm' }, 'InvalidParameter: Invalid parameter: The MessageGroupId parameter is required for FIFO topics'],
    ['FIFO without deduplication', { TopicArn: FIFO, Message: 'm', MessageGroupId: 'g' }, 'InvalidParameter: Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly'],
  ])('%s', async (_name, input, message) => {
    const sns = await house()
    expect(await sns.refusal('Publish', input)).toBe(`400 ${message}`)
    expect(await sns.sent()).toEqual([])
  })

  test('a subject of a hundred characters and a message of 256 KB pass', async () => {
    const sns = await house()
    await sns.run('Publish', { TopicArn: TOPIC, Message: 'm'.repeat(262_144), Subject: 'a'.repeat(100) })
    expect(await sns.sent()).toHaveLength(1)
  })
})

describe('batches', () => {
  const entry = (Id: string, more: object = {}) => ({ Id, Message: Id, ...more })
  const batch = (...PublishBatchRequestEntries: object[]) => ({ TopicArn: TOPIC, PublishBatchRequestEntries })

  test('every entry goes out under its own id', async () => {
    const sns = await house()
    const answer = await sns.run<{ Successful: { Id: string; MessageId: string }[]; Failed: unknown[] }>('PublishBatch', batch(entry('a'), entry('b')))
    expect(answer.Failed).toEqual([])
    expect((await sns.sent()).map(({ publication }) => ({ Id: publication.message, MessageId: publication.messageId }))).toEqual(answer.Successful)
  })

  test('an entry with a wrong subject fails alone', async () => {
    const sns = await house()
    const wrong = { Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true }
    const answer = await sns.run<{ Successful: { Id: string }[] }>('PublishBatch', batch(entry('a'), entry('b', { Subject: 'Invalid\nSubject' }), entry('c'), entry('d', { Subject: '' })))
    expect(answer).toMatchObject({ Successful: [{ Id: 'a' }, { Id: 'c' }], Failed: [{ Id: 'b', ...wrong }, { Id: 'd', ...wrong }] })
    expect((await sns.sent()).map(({ publication }) => publication.message)).toEqual(['a', 'c'])
  })

  test.each<[string, object, string]>([
    ['eleven', batch(...Array.from({ length: 11 }, (_, n) => entry(`e${n}`))), 'TooManyEntriesInBatchRequest: The batch request contains more entries than permissible.'],
    ['none', batch(), "EmptyBatchRequest: The batch request doesn't contain any entries."],
    ['the same id', batch(entry('a'), entry('a')), 'BatchEntryIdsNotDistinct: Two or more batch entries in the request have the same Id.'],
    ['a long id', batch(entry('a'.repeat(81))), `InvalidBatchEntryId: The Id of a batch entry in the batch request is too long: ${'a'.repeat(81)}`],
    ['a strange id', batch(entry('a b')), 'InvalidBatchEntryId: The Id of a batch entry in the batch request contains an impermissible character: a b'],
    ['too long together', batch(entry('a', { Message: 'x'.repeat(200_000) }), entry('b', { Message: 'x'.repeat(62_145) })), 'BatchRequestTooLong: The length of all the messages put together is more than the limit.'],
    ['an attribute without a type', batch(entry('a'), entry('b', { MessageAttributes: { x: {} } })), "ValidationError: 1 validation error detected: Value null at 'publishBatchRequestEntries.2.member.messageAttributes.x.member.dataType' failed to satisfy constraint: Member must not be null"],
    ['an empty message', batch(entry('a', { Message: '' })), 'InvalidParameter: Invalid parameter: Empty message'],
  ])('%s', async (_name, input, message) => {
    const sns = await house()
    expect(await sns.refusal('PublishBatch', input)).toBe(`400 ${message}`)
    expect(await sns.sent()).toEqual([])
  })
})

describe('FIFO', () => {
  const publish = (sns: CalledSns, more: object) => sns.run<{ MessageId: string; SequenceNumber: string }>('Publish', { TopicArn: FIFO, Message: 'm', MessageGroupId: 'g', ...more })

  test('a repeat within five minutes answers the first copy; numbers only grow', async () => {
    const sns = await house()
    const first = await publish(sns, { MessageDeduplicationId: 'd' })
    expect(first.SequenceNumber).toMatch(/^\d{20}$/)
    await sns.clock.advance(millis(299_999))
    expect(await publish(sns, { MessageDeduplicationId: 'd', Message: 'other' })).toEqual(first)
    await sns.clock.advance(millis(1))
    const later = await publish(sns, { MessageDeduplicationId: 'd' })
    expect(later.MessageId).not.toBe(first.MessageId)
    expect(later.SequenceNumber > first.SequenceNumber).toBe(true)
  })

  test('content stands for an id where the topic says so', async () => {
    const sns = await house()
    await sns.run('SetTopicAttributes', { TopicArn: FIFO, AttributeName: 'ContentBasedDeduplication', AttributeValue: 'true' })
    const first = await publish(sns, {})
    expect(await publish(sns, {})).toEqual(first)
    expect(await publish(sns, { Message: 'n' })).not.toEqual(first)
  })
})

test('a group on a standard topic keeps its messages in order', async () => {
  const sns = await house()
  for (const Message of ['1', '2']) await sns.run('Publish', { TopicArn: TOPIC, Message, MessageGroupId: 'g' })
  expect((await sns.sent()).map(({ publication }) => publication.message)).toEqual(['1'])
  expect((await sns.sent()).map(({ publication }) => publication.message)).toEqual(['2'])
})
