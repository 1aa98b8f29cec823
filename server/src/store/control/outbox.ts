import type { DirectMessage, MessageType, Publication } from '../../model/notification.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import type { Subscription } from '../../model/topic.ts'
import type { ControlDatabase } from './control-database.ts'
import { noteMark } from './drops.ts'
import { GroupCommit } from './group-commit.ts'
import type { OutboxRows } from './outbox-rows.ts'

interface Wanted {
  readonly publications: readonly Publication[]
  readonly direct: readonly DirectMessage[]
  readonly mark?: OnceMark | undefined
}

/** The outbox as publishers see it: when a promise resolves, the message is on disk. */
export class Outbox {
  readonly #database: ControlDatabase
  readonly #rows: OutboxRows
  readonly #commits: GroupCommit<Wanted>

  constructor(database: ControlDatabase, rows: OutboxRows) {
    this.#database = database
    this.#rows = rows
    this.#commits = new GroupCommit(async wanted => {
      const added = await database.transaction().execute(async scope => {
        const calls: Wanted[] = []
        for (const call of wanted) if (call.mark === undefined || (await noteMark(scope, call.mark))) calls.push(call)
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

  /** As `publish`, and messages to receivers that no topic knows, in the same transaction. What is marked is taken once. */
  forward(publications: readonly Publication[], direct: readonly DirectMessage[], mark?: OnceMark): Promise<void> {
    return this.#commits.add({ publications, direct, mark })
  }

  /** A message to one subscription alone: confirmations. */
  async send(publication: Publication, subscription: Subscription, type: Exclude<MessageType, 'Notification'>): Promise<void> {
    const added = await this.#database.transaction().execute(scope => this.#rows.single(scope, publication, subscription, type))
    this.#rows.announce(added)
  }
}
