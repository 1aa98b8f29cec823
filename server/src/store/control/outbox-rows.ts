import { destinationOf } from '../../model/endpoint.ts'
import type { DeliveryTarget, DirectMessage, MessageType, Publication } from '../../model/notification.ts'
import type { FilterPolicyScope, Subscription } from '../../model/topic.ts'
import { type ControlScope, inChunks, owner, stored } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import { messageRow } from './message-rows.ts'
import { subscriptionOf, targetOf } from './subscription-rows.ts'
import type { DeliveryRow } from './tables.ts'

/** Makes a filter policy (JSON text, validated when it was set) into a question to ask of every publication. */
export type CompileFilter = (policy: string, scope: FilterPolicyScope) => (publication: Publication) => boolean

/** Writes messages and their deliveries, inside a transaction that the caller holds. */
export class OutboxRows {
  readonly #compile: CompileFilter
  readonly #added: Listeners<number>

  constructor(compile: CompileFilter, added: Listeners<number>) {
    this.#compile = compile
    this.#added = added
  }

  /**
   * Stores each publication once with a delivery for every confirmed subscription that wants it; answers how many
   * deliveries that are. A message id that is already known to its topic is a repeat and changes nothing.
   */
  async spread(scope: ControlScope, publications: readonly Publication[]): Promise<number> {
    const audiences = new Map<string, readonly Listener[]>()
    const wanted: Wanted[] = []
    for (const publication of publications) {
      let audience = audiences.get(audienceKey(publication))
      if (audience === undefined) {
        audience = await this.#audience(scope, publication)
        audiences.set(audienceKey(publication), audience)
      }
      const listeners = audience.filter(({ wants }) => wants(publication))
      if (listeners.length > 0) wanted.push({ publication, listeners })
    }
    return writeWanted(scope, wanted)
  }

  /** Messages each to one receiver that no topic knows; answers how many deliveries that are. */
  direct(scope: ControlScope, messages: readonly DirectMessage[]): Promise<number> {
    return writeWanted(scope, messages.map(({ publication, target }) => ({ publication, listeners: [{ ...addressOf(target), wants: () => true }] })))
  }

  /** A message to one subscription alone. */
  async single(scope: ControlScope, publication: Publication, subscription: Subscription, type: MessageType): Promise<number> {
    const topic = await readTopicAttributes(scope, publication)
    const message = await scope.insertInto('messages').values(messageRow(publication)).returning('seq').executeTakeFirstOrThrow()
    const target = targetOf(subscription, topic ?? {})
    const row = deliveryRow(message.seq, publication, addressOf(target), type, subscription.token)
    await scope.insertInto('deliveries').values(row).execute()
    return 1
  }

  /** To be called after the commit. */
  announce(added: number): void {
    if (added > 0) this.#added.tell(added)
  }

  async #audience(scope: ControlScope, publication: Publication): Promise<readonly Listener[]> {
    const topic = await readTopicAttributes(scope, publication)
    if (topic === undefined) return []
    const rows = await scope
      .selectFrom('subscriptions')
      .selectAll()
      .where(eb => eb.and(owner(publication.tenant)))
      .where('topic_arn', '=', publication.topicArn)
      .where('status', '=', 'confirmed')
      .orderBy('seq')
      .execute()
    return rows.map(row => {
      const subscription = subscriptionOf(row)
      const target = targetOf(subscription, topic)
      return { ...addressOf(target), wants: this.#filter(subscription.attributes) }
    })
  }

  #filter(attributes: Readonly<Record<string, string>>): (publication: Publication) => boolean {
    const policy = attributes['FilterPolicy']
    if (policy === undefined || policy === '') return () => true
    return this.#compile(policy, attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes')
  }
}

/** Where a message goes, ready to be written a hundred times. */
interface Address {
  readonly target: DeliveryTarget
  readonly targetText: string
  readonly destination: string
}

const addressOf = (target: DeliveryTarget): Address =>
  ({ target, targetText: JSON.stringify(target), destination: destinationOf(target.protocol, target.endpoint) })

/** A confirmed subscription. */
interface Listener extends Address {
  readonly wants: (publication: Publication) => boolean
}

interface Wanted {
  readonly publication: Publication
  readonly listeners: readonly Listener[]
}

const audienceKey = ({ tenant, topicArn }: Publication): string => `${tenant.account} ${tenant.region} ${topicArn}`

type Attributes = Readonly<Record<string, string>>

const readTopicAttributes = async (scope: ControlScope, { tenant, topicArn }: Publication): Promise<Attributes | undefined> => {
  const row = await scope
    .selectFrom('topics')
    .select('attributes')
    .where(eb => eb.and(owner(tenant)))
    .where('arn', '=', topicArn)
    .executeTakeFirst()
  return row && stored<Attributes>(row.attributes)
}

const writeWanted = async (scope: ControlScope, wanted: readonly Wanted[]): Promise<number> => {
  const rows: Omit<DeliveryRow, 'seq' | 'leased_until' | 'attempts'>[] = []
  for (const chunk of inChunks(wanted)) {
    const inserted = await scope
      .insertInto('messages')
      .values(chunk.map(({ publication }) => messageRow(publication)))
      .onConflict(conflict => conflict.columns(['account', 'region', 'topic_arn', 'message_id']).doNothing())
      .returning(['seq', 'topic_arn', 'message_id'])
      .execute()
    const seqs = new Map(inserted.map(row => [`${row.topic_arn} ${row.message_id}`, row.seq]))
    for (const { publication, listeners } of chunk) {
      const key = `${publication.topicArn} ${publication.messageId}`
      const seq = seqs.get(key)
      if (seq === undefined) continue
      seqs.delete(key)
      for (const listener of listeners) rows.push(deliveryRow(seq, publication, listener, 'Notification', undefined))
    }
  }
  for (const chunk of inChunks(rows)) await scope.insertInto('deliveries').values(chunk).execute()
  return rows.length
}

const deliveryRow = (
  messageSeq: number,
  publication: Publication,
  { target, targetText, destination }: Address,
  type: MessageType,
  token: string | undefined,
): Omit<DeliveryRow, 'seq' | 'leased_until' | 'attempts'> => ({
  message_seq: messageSeq,
  ...owner(publication.tenant),
  type,
  topic_arn: publication.topicArn,
  alarm_arn: publication.alarm?.arn ?? null,
  target: targetText,
  token: token ?? null,
  destination,
  order_key: orderKey(publication, target),
  state: 'pending',
  due_at: publication.publishedAt,
  created_at: publication.publishedAt,
  finished_at: null,
})

/** A subscriber hears of one alarm, or of one message group, in order; whatever has neither waits for nothing. */
const orderKey = (publication: Publication, target: DeliveryTarget): string => {
  if (publication.alarm !== undefined) return `${target.arn} alarm ${publication.alarm.arn}`
  if (publication.groupId !== undefined) return `${target.arn} group ${publication.groupId}`
  return `${target.arn} message ${publication.messageId}`
}
