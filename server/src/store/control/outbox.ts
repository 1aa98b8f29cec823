import type { DirectMessage, MessageType, Publication } from '../../model/notification.ts'
import type { Subscription } from '../../model/topic.ts'
import type { ControlDatabase } from './control-database.ts'
import { GroupCommit } from './group-commit.ts'
import type { OutboxRows } from './outbox-rows.ts'

interface Wanted {
  readonly publications: readonly Publication[]
  readonly direct: readonly DirectMessage[]
}

/** The outbox as publishers see it: when a promise resolves, the message is on disk. */
export class Outbox {
  readonly #database: ControlDatabase
  readonly #rows: OutboxRows
  readonly #commits: GroupCommit<Wanted>

  constructor(database: ControlDatabase, rows: OutboxRows) {
    this.#database = database
    this.#rows = rows
    this.#commits = new GroupCommit(async calls => {
      const added = await database.transaction().execute(async scope => {
        const direct = calls.flatMap(call => call.direct)
        return (await rows.spread(scope, calls.flatMap(call => call.publications))) + (direct.length === 0 ? 0 : await rows.direct(scope, direct))
      })
      rows.announce(added)
    })
  }

  /** Spreads the publications over the topics' confirmed subscriptions (filter policies applied), in one transaction. */
  publish(publications: readonly Publication[]): Promise<void> {
    return this.#commits.add({ publications, direct: [] })
  }

  /** As `publish`, and messages to receivers that no topic knows, in the same transaction. */
  forward(publications: readonly Publication[], direct: readonly DirectMessage[]): Promise<void> {
    return this.#commits.add({ publications, direct })
  }

  /** A message to one subscription alone: confirmations. */
  async send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void> {
    const added = await this.#database.transaction().execute(scope => this.#rows.single(scope, publication, subscription, type))
    this.#rows.announce(added)
  }
}
