import type { MessageType, Publication } from '../../model/notification.ts'
import type { Subscription } from '../../model/topic.ts'
import type { ControlDatabase } from './control-database.ts'
import type { OutboxRows } from './outbox-rows.ts'

/** The outbox as publishers see it: when a promise resolves, the message is on disk. */
export class Outbox {
  readonly #database: ControlDatabase
  readonly #rows: OutboxRows

  constructor(database: ControlDatabase, rows: OutboxRows) {
    this.#database = database
    this.#rows = rows
  }

  /** Spreads the publications over the topics' confirmed subscriptions (filter policies applied), in one transaction. */
  async publish(publications: readonly Publication[]): Promise<void> {
    const added = await this.#database.transaction().execute(scope => this.#rows.spread(scope, publications))
    this.#rows.announce(added)
  }

  /** A message to one subscription alone: confirmations. */
  async send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void> {
    const added = await this.#database.transaction().execute(scope => this.#rows.single(scope, publication, subscription, type))
    this.#rows.announce(added)
  }
}
