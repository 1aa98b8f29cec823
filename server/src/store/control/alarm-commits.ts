import type { Transition } from '../../model/alarm.ts'
import { alarmRow } from './alarm-rows.ts'
import { type ControlDatabase, type ControlScope, owner } from './control-database.ts'
import { addHistory } from './history.ts'
import type { OutboxRows } from './outbox-rows.ts'

/** The one place where a new state is made lasting: with its history and its messages, or not at all. */
export class AlarmCommits {
  readonly #database: ControlDatabase
  readonly #outbox: OutboxRows

  constructor(database: ControlDatabase, outbox: OutboxRows) {
    this.#database = database
    this.#outbox = outbox
  }

  /**
   * Answers the transitions that took place. An alarm that was deleted since its evaluation has none (nobody may be paged
   * by an alarm that is no more), nor has one that became another: see {@link Transition.basedOn}.
   */
  async commit(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    if (transitions.length === 0) return []
    const { done, added } = await this.#database.transaction().execute(async scope => {
      const done: Transition[] = []
      for (const transition of transitions) if (await setState(scope, transition)) done.push(transition)
      await addHistory(scope, done.flatMap(({ history }) => history))
      const added = await this.#outbox.spread(scope, done.flatMap(({ publications }) => publications))
      return { done, added }
    })
    this.#outbox.announce(added)
    return done
  }
}

/** The state alone; not at all where it was decided upon another state or definition than the stored one. */
const setState = async (scope: ControlScope, { record, basedOn }: Transition): Promise<boolean> => {
  const { alarm, state } = record
  let update = scope
    .updateTable('alarms')
    .set({
      state_value: state.value,
      state_reason: state.reason,
      state_reason_data: state.reasonData ?? null,
      state_updated_at: state.updatedAt,
      state_transitioned_at: state.transitionedAt,
    })
    .where(eb => eb.and(owner(alarm.tenant)))
    .where('arn', '=', alarm.arn)
  if (basedOn !== undefined) {
    update = update
      .where('state_value', '=', basedOn.value)
      .where('state_updated_at', '=', basedOn.updatedAt)
      .where('definition', '=', alarmRow(record).definition)
  }
  return (await update.executeTakeFirst()).numUpdatedRows > 0n
}
