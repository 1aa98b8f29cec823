import type { Entropy } from '../../base/entropy.ts'
import { InTurn } from '../../base/in-turn.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import { addPermission } from './add-permission.ts'
import { confirmSubscription } from './confirm-subscription.ts'
import { createTopic } from './create-topic.ts'
import { Deduplication } from './deduplication.ts'
import { deleteTopic } from './delete-topic.ts'
import { authorizationError } from './faults.ts'
import { getSubscriptionAttributes } from './get-subscription-attributes.ts'
import { getTopicAttributes } from './get-topic-attributes.ts'
import { listSubscriptionsByTopic } from './list-subscriptions-by-topic.ts'
import { listSubscriptions } from './list-subscriptions.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { listTopics } from './list-topics.ts'
import type { SnsParts } from './parts.ts'
import type { Outbox, SubscriptionStore, TopicStore, TopicTags } from './ports.ts'
import { publishBatch } from './publish-batch.ts'
import { publish } from './publish.ts'
import { removePermission } from './remove-permission.ts'
import { setSubscriptionAttributes } from './set-subscription-attributes.ts'
import { setTopicAttributes } from './set-topic-attributes.ts'
import { subscribe } from './subscribe.ts'
import { tagResource } from './tag-resource.ts'
import { unsubscribe } from './unsubscribe.ts'
import { untagResource } from './untag-resource.ts'

/** What the roof plugs in. */
export interface SnsPorts {
  readonly topics: TopicStore
  readonly subscriptions: SubscriptionStore
  readonly tags: TopicTags
  readonly outbox: Outbox
  readonly entropy: Entropy
}

const OPERATIONS = [
  createTopic, deleteTopic, listTopics, getTopicAttributes, setTopicAttributes, addPermission, removePermission,
  subscribe, confirmSubscription, unsubscribe, listSubscriptions, listSubscriptionsByTopic,
  getSubscriptionAttributes, setSubscriptionAttributes,
  publish, publishBatch,
  tagResource, untagResource, listTagsForResource,
]

export const sns = (ports: SnsPorts): Service => {
  const parts: SnsParts = { ...ports, turns: new InTurn(), deduplication: new Deduplication() }
  return {
    actionPrefix: 'sns',
    signingNames: ['sns'],
    targetPrefix: undefined,
    queryVersion: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    queryCompatible: false,
    // SNS writes its actions in capitals: `SNS:Publish`.
    denied: message => authorizationError(message.replace(/ sns:/g, ' SNS:')),
    get schemas() {
      return publishedSchemas('client-sns')
    },
    operations: OPERATIONS.map(make => make(parts)),
  }
}
