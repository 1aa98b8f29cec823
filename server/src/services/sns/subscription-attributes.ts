import { parseArn } from '../../base/arn.ts'
import { failedToParse, validateFilterPolicy } from '../../engines/filter-policy/parse.ts'
import { FilterPolicyError } from '../../engines/filter-policy/policy.ts'
import { effectiveSubscriptionPolicy, shownSubscriptionPolicy } from '../../model/delivery-policy.ts'
import type { Subscription, Topic } from '../../model/topic.ts'
import { checkSubscriptionDeliveryPolicy } from './delivery-policy.ts'
import { invalidParameter } from './faults.ts'
import type { Attributes } from './topic-attributes.ts'

const SETTABLE: ReadonlySet<string> = new Set([
  'DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'SubscriptionRoleArn',
])

/** Subscribe names the parameter that the attribute stood in; SetSubscriptionAttributes does not. */
export type AttributesPrefix = 'Attributes Reason: ' | ''

/** What attributes must fit to. */
interface Subscribed {
  readonly protocol: string
  readonly region: string
}

/** The attributes as they are kept, once every one of them and their interplay has been checked. */
export const checkedAttributes = (given: Attributes, { protocol, region }: Subscribed, prefix: AttributesPrefix): Attributes => {
  const entries = Object.entries(given).map(([name, value]): [string, string] => {
    checkAttribute(name, value, protocol, prefix)
    if (name === 'RedrivePolicy' && value !== '') checkRedrivePolicy(value, region, prefix)
    return [name, name === 'RawMessageDelivery' ? value.toLowerCase() : value]
  })
  const attributes = Object.fromEntries(entries)
  checkFilter(attributes, prefix)
  return attributes
}

export const hasFilter = (attributes: Attributes): boolean => !['', '{}'].includes((attributes['FilterPolicy'] ?? '').trim())

const isHttp = (protocol: string): boolean => protocol === 'http' || protocol === 'https'

const checkAttribute = (name: string, value: string, protocol: string, prefix: AttributesPrefix): void => {
  if (!SETTABLE.has(name)) throw invalidParameter(`${prefix}AttributeName`)
  if (name === 'FilterPolicyScope' && value !== 'MessageAttributes' && value !== 'MessageBody') {
    throw invalidParameter(`${prefix}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`)
  }
  if (name === 'RawMessageDelivery') {
    const raw = value.toLowerCase()
    if (raw !== 'true' && raw !== 'false') {
      throw invalidParameter(`${prefix}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`)
    }
    if (raw === 'true' && !isHttp(protocol)) {
      throw invalidParameter(`${prefix}Delivery protocol [${protocol}] does not support raw message delivery.`)
    }
  }
  if (name === 'DeliveryPolicy') {
    if (value !== '' && !isHttp(protocol)) throw invalidParameter(`${prefix}DeliveryPolicy: can only be set on HTTP/S subscriptions`)
    checkSubscriptionDeliveryPolicy(value, prefix)
  }
}

const checkRedrivePolicy = (text: string, region: string, prefix: AttributesPrefix): void => {
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    throw invalidParameter(`${prefix}RedrivePolicy: ${failedToParse(text)}`)
  }
  const members = typeof policy === 'object' && policy !== null ? policy : {}
  const stray = Object.keys(members).find(name => name !== 'deadLetterTargetArn')
  const refuse = (what: string) => invalidParameter(`${prefix}RedrivePolicy: ${what}`)
  if (stray !== undefined) throw refuse(`invalid JSON. Attribute ${stray} is unknown.`)
  if (!('deadLetterTargetArn' in members)) throw refuse('Missing deadLetterTargetArn attribute')
  const target = typeof members.deadLetterTargetArn === 'string' ? parseArn(members.deadLetterTargetArn) : undefined
  if (target === undefined) throw refuse('deadLetterTargetArn is an invalid arn')
  if (target.service !== 'sqs') throw refuse('deadLetterTargetArn must be a SQS queue')
  if (target.region !== region) throw refuse('deadLetterTargetArn must be in the same region as the subscription')
}

const checkFilter = (attributes: Attributes, prefix: AttributesPrefix): void => {
  const policy = attributes['FilterPolicy'] ?? ''
  if (policy === '') return
  try {
    validateFilterPolicy(policy, attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes')
  } catch (error) {
    if (error instanceof FilterPolicyError) throw invalidParameter(`${prefix}${error.message}`)
    throw error
  }
}

/** All that `GetSubscriptionAttributes` answers. */
export const readableAttributes = (subscription: Subscription, topic: Topic | undefined): Record<string, string> => {
  const { FilterPolicyScope = 'MessageAttributes', FilterPolicy = '', DeliveryPolicy, ...others } = subscription.attributes
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: subscription.tenant.account,
    SubscriptionPrincipal: subscription.owner,
    PendingConfirmation: String(subscription.status === 'pending'),
    ConfirmationWasAuthenticated: String(subscription.confirmationWasAuthenticated),
    RawMessageDelivery: 'false',
    ...(FilterPolicy === '' ? {} : { FilterPolicy, FilterPolicyScope }),
    ...(isHttp(subscription.protocol)
      ? { EffectiveDeliveryPolicy: effectiveSubscriptionPolicy(topic?.attributes['DeliveryPolicy'], DeliveryPolicy) }
      : {}),
    ...(DeliveryPolicy === undefined ? {} : { DeliveryPolicy: shownSubscriptionPolicy(DeliveryPolicy) }),
    ...others,
  }
}
