import { effectiveTopicPolicy, shownTopicPolicy } from '../../model/delivery-policy.ts'
import type { Topic } from '../../model/topic.ts'
import { checkTopicDeliveryPolicy } from './delivery-policy.ts'
import { invalidParameter } from './faults.ts'
import type { SubscriptionCounts } from './ports.ts'
import { checkTopicPolicy, policyDocument } from './topic-policy.ts'

export type Attributes = Readonly<Record<string, string>>

const FEEDBACK = ['HTTP', 'SQS', 'Lambda', 'Firehose', 'Application'].flatMap(protocol =>
  ['SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'FailureFeedbackRoleArn'].map(name => `${protocol}${name}`),
)
const SETTABLE: ReadonlySet<string> = new Set([
  'DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'DataProtectionPolicy', ...FEEDBACK,
])
const SETTABLE_FIFO: ReadonlySet<string> = new Set([...SETTABLE, 'ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy'])

/** Refuses attributes that `CreateTopic` may not be given; `FifoTopic` has been taken out before. */
export const checkTopicAttributes = (attributes: Attributes, fifo: boolean): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (!(fifo ? SETTABLE_FIFO : SETTABLE).has(name)) throw invalidParameter(`Attributes Reason: Unknown attribute ${name}`)
    checkValue(name, value, 'Attributes Reason: ')
  }
}

/** Refuses what `SetTopicAttributes` may not be given. */
export const checkTopicAttribute = (name: string, value: string, fifo: boolean): void => {
  if (!(fifo ? SETTABLE_FIFO : SETTABLE).has(name)) throw invalidParameter('AttributeName')
  checkValue(name, value, '')
}

const checkValue = (name: string, value: string, prefix: string): void => {
  const refuseUnless = (holds: boolean, why = ''): void => {
    if (!holds) throw invalidParameter(`${prefix}${name}${why}`)
  }
  if (name === 'DisplayName') refuseUnless(Array.from(value).length <= 100 && !/[\r\n\0]/.test(value))
  else if (name === 'Policy') checkTopicPolicy(value, prefix)
  else if (name === 'DeliveryPolicy') checkTopicDeliveryPolicy(value, prefix)
  else if (name === 'SignatureVersion') refuseUnless(value === '1' || value === '2', ': Invalid value. Must be 1 or 2.')
  else if (name === 'TracingConfig' && value !== 'PassThrough' && value !== 'Active') throw invalidParameter(`${prefix}Invalid tracing config value: ${value}`)
  else if (name === 'ArchivePolicy' && value !== '' && value !== '{}') refuseUnless(keepsMessages(value), ': MessageRetentionPeriod value is invalid')
  else if (name === 'ContentBasedDeduplication') refuseUnless(value === 'true' || value === 'false')
  else if (name === 'FifoThroughputScope') refuseUnless(value === 'Topic' || value === 'MessageGroup')
  else if (name.endsWith('SampleRate')) refuseUnless(/^(100|[1-9]?\d)$/.test(value), `: ${value} value provided is not an integer between 0-100`)
  else refuseUnless(value.length <= 262_144)
}

/** Days, from one to a year. */
const keepsMessages = (text: string): boolean => {
  const days = Number(policyDocument(text)?.['MessageRetentionPeriod'])
  return Number.isInteger(days) && days >= 1 && days <= 365
}

/** The attributes without those that were set back to nothing. */
export const withAttribute = (attributes: Attributes, name: string, value: string): Attributes => {
  const { [name]: _before, ...others } = attributes
  return value === '' ? others : { ...others, [name]: value }
}

/** What an attribute is when it was never set: for telling whether a topic is created again as it was. */
export const defaultOf = (topic: Topic, name: string): string => {
  switch (name) {
    case 'Policy':
      return defaultPolicy(topic)
    case 'SignatureVersion':
      return '1'
    case 'TracingConfig':
      return 'PassThrough'
    case 'ContentBasedDeduplication':
      return 'false'
    default:
      return ''
  }
}

/** All that `GetTopicAttributes` answers. */
export const readableAttributes = (topic: Topic, counts: SubscriptionCounts): Record<string, string> => {
  const { FifoTopic, DeliveryPolicy, ...set } = topic.attributes
  return {
    TopicArn: topic.arn,
    Owner: topic.tenant.account,
    DisplayName: '',
    Policy: defaultPolicy(topic),
    EffectiveDeliveryPolicy: effectiveTopicPolicy(DeliveryPolicy),
    SubscriptionsConfirmed: String(counts.confirmed),
    SubscriptionsPending: String(counts.pending),
    SubscriptionsDeleted: String(counts.deleted),
    ...(FifoTopic === 'true' ? { FifoTopic, ContentBasedDeduplication: 'false' } : {}),
    ...(DeliveryPolicy === undefined ? {} : { DeliveryPolicy: shownTopicPolicy(DeliveryPolicy) }),
    ...set,
  }
}

const DEFAULT_ACTIONS = [
  'GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe',
  'ListSubscriptionsByTopic', 'Publish',
]

const defaultPolicy = (topic: Topic): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: DEFAULT_ACTIONS.map(action => `SNS:${action}`),
        Resource: topic.arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': topic.tenant.account } },
      },
    ],
  })
