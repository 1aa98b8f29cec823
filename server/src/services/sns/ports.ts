import type { EpochMillis } from '../../base/time.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { MessageType, Publication } from '../../model/notification.ts'
import type { Subscription, Topic } from '../../model/topic.ts'

export interface TopicStore {
  get(tenant: Tenant, arn: string): Promise<Topic | undefined>
  /** By name. */
  list(tenant: Tenant): Promise<readonly Topic[]>
  put(topic: Topic): Promise<void>
  /** Removes the topic, its tags and its subscriptions. */
  delete(tenant: Tenant, arn: string): Promise<void>
}

export interface SubscriptionStore {
  get(tenant: Tenant, arn: string): Promise<Subscription | undefined>
  /** In order of creation; all of the tenant's, or one topic's. Pending ones whose token has expired are left out. */
  list(tenant: Tenant, topicArn: string | undefined, now: EpochMillis): Promise<readonly Subscription[]>
  find(tenant: Tenant, topicArn: string, protocol: string, endpoint: string): Promise<Subscription | undefined>
  /** Anonymous confirmation: the token is the proof, whatever the tenant. */
  byToken(topicArn: string, token: string): Promise<Subscription | undefined>
  /** Anonymous unsubscription. */
  byArn(arn: string): Promise<Subscription | undefined>
  put(subscription: Subscription): Promise<void>
  delete(arn: string): Promise<void>
}

/** The outbox, as publishers see it: accepted means durable. */
export interface Outbox {
  /** Spreads the publications over the topics' confirmed subscriptions (filter policies applied), in one transaction. */
  publish(publications: readonly Publication[]): Promise<void>
  /** A message to one subscription alone: confirmations. */
  send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void>
}
