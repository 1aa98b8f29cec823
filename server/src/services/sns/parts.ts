import type { Entropy } from '../../base/entropy.ts'
import type { InTurn } from '../../base/in-turn.ts'
import type { Deduplication } from './deduplication.ts'
import type { Outbox, SubscriptionStore, TopicStore, TopicTags } from './ports.ts'

/** What the operations share. */
export interface SnsParts {
  readonly topics: TopicStore
  readonly subscriptions: SubscriptionStore
  readonly tags: TopicTags
  readonly outbox: Outbox
  readonly entropy: Entropy
  /** Changes of one topic and its subscriptions go one after the other, by the topic's ARN. */
  readonly turns: InTurn
  readonly deduplication: Deduplication
}
