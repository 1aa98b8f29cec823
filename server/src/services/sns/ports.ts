import type { EpochMillis } from '../../base/time.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { MessageType, Publication } from '../../model/notification.ts'
import type { Subscription, Topic } from '../../model/topic.ts'

export interface TopicStore {
  get(tenant: Tenant, arn: string): Promise<Topic | undefined>
  /** By name. */
  list(tenant: Tenant): Promise<readonly Topic[]>
  /** Creates with the tags, or overwrites the attributes. */
  put(topic: Topic, tags?: Readonly<Record<string, string>>): Promise<void>
  /** Removes the topic, its tags and its subscriptions. */
  delete(tenant: Tenant, arn: string): Promise<void>
}

export interface SubscriptionStore {
  get(tenant: Tenant, arn: string): Promise<Subscription | undefined>
  /** In order of creation; all of the tenant's, or one topic's. Deleted ones and pending ones whose token has expired are left out. */
  list(tenant: Tenant, topicArn: string | undefined, now: EpochMillis): Promise<readonly Subscription[]>
  find(tenant: Tenant, topicArn: string, protocol: string, endpoint: string): Promise<Subscription | undefined>
  /** Anonymous confirmation: the token is the proof, whatever the tenant. */
  byToken(token: string): Promise<Subscription | undefined>
  /** Anonymous unsubscription. */
  byArn(arn: string): Promise<Subscription | undefined>
  /** Takes the place of an older one of the same topic, protocol and endpoint. */
  put(subscription: Subscription): Promise<void>
  count(tenant: Tenant, topicArn: string, now: EpochMillis): Promise<SubscriptionCounts>
  delete(arn: string): Promise<void>
}

export interface SubscriptionCounts {
  readonly confirmed: number
  readonly pending: number
  readonly deleted: number
}

/** Tags of topics, by their ARN. */
export interface TopicTags {
  get(tenant: Tenant, arn: string): Promise<Readonly<Record<string, string>>>
  /** Adds and overwrites. */
  put(tenant: Tenant, arn: string, tags: Readonly<Record<string, string>>): Promise<void>
  remove(tenant: Tenant, arn: string, keys: readonly string[]): Promise<void>
}

/** The outbox, as publishers see it: accepted means durable. */
export interface Outbox {
  /** Spreads the publications over the topics' confirmed subscriptions (filter policies applied), in one transaction. */
  publish(publications: readonly Publication[]): Promise<void>
  /** A message to one subscription alone: confirmations. */
  send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void>
}
