import type { MessageType, Publication } from '../../model/notification.ts'
import type { Subscription } from '../../model/topic.ts'
import type { ControlDatabase } from './control-database.ts'
import { GroupCommit } from './group-commit.ts'
import type { OutboxRows } from './outbox-rows.ts'

/** The outbox as publishers see it: when a promise resolves, the message is on disk. */
export class Outbox {
  readonly #database: ControlDatabase
  readonly #rows: OutboxRows
  readonly #publications: GroupCommit<readonly Publication[]>

  constructor(database: ControlDatabase, rows: OutboxRows) {
    this.#database = database
    this.#rows = rows
    this.#publications = new GroupCommit(async calls => {
      const added = await database.transaction().execute(scope => rows.spread(scope, calls.flat()))
      rows.announce(added)
    })
  }

  /** Spreads the publications over the topics' confirmed subscriptions (filter policies applied), in one transaction. */
  publish(publications: readonly Publication[]): Promise<void> {
    return this.#publications.add(publications)
  }

  /** A message to one subscription alone: confirmations. */
  async send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void> {
    const added = await this.#database.transaction().execute(scope => this.#rows.single(scope, publication, subscription, type))
    this.#rows.announce(added)
  }
}
