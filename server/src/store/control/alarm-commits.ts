import { sql } from 'kysely'
import type { Transition } from '../../model/alarm.ts'
import { writeContributors } from './alarm-contributors.ts'
import { alarmRow } from './alarm-rows.ts'
import { type ControlDatabase, type ControlScope, inChunks, owner } from './control-database.ts'
import { addHistory } from './history.ts'
import type { OutboxRows } from './outbox-rows.ts'

/** The one place where a new state is made lasting: with its history, its contributors and its messages, or not at all. */
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
      for (const turn of inTurns(transitions)) {
        for (const chunk of inChunks(turn)) done.push(...(await setStates(scope, chunk)))
      }
      await addHistory(scope, done.flatMap(({ history }) => history))
      for (const { record: { alarm }, contributors } of done) {
        if (contributors !== undefined) await writeContributors(scope, alarm.tenant, alarm.arn, contributors)
      }
      const added = await this.#outbox.spread(scope, done.flatMap(({ publications }) => publications))
      return { done, added }
    })
    this.#outbox.announce(added)
    return done
  }
}

/** One alarm's transitions follow one another: a turn holds at most one of each alarm. Mostly there is a single turn. */
const inTurns = function* (transitions: readonly Transition[]): Generator<readonly Transition[]> {
  let turn = new Map<string, Transition>()
  for (const transition of transitions) {
    const { arn } = transition.record.alarm
    if (turn.has(arn)) {
      yield [...turn.values()]
      turn = new Map()
    }
    turn.set(arn, transition)
  }
  yield [...turn.values()]
}

/**
 * The states alone, a hundred in one statement: a thousand alarms that go off together must not wait for a thousand. A
 * transition that was decided upon another state or definition than the stored one is left out.
 */
const setStates = async (scope: ControlScope, transitions: readonly Transition[]): Promise<readonly Transition[]> => {
  const given = transitions.map(({ record, basedOn }) => {
    const row = alarmRow(record)
    const { account, region } = owner(record.alarm.tenant)
    return sql`(${sql.join([
      row.arn, account, region, row.state_value, row.state_reason, row.state_reason_data, row.state_updated_at, row.state_transitioned_at,
      row.state_more, basedOn?.value ?? null, basedOn?.updatedAt ?? null, basedOn === undefined ? null : row.definition,
    ])})`
  })
  const { rows } = await sql<{ readonly arn: string }>`
    with given (arn, account, region, value, reason, data, updated_at, transitioned_at, more, old_value, old_updated_at, definition)
      as (values ${sql.join(given)})
    update alarms
      set state_value = given.value, state_reason = given.reason, state_reason_data = given.data, state_updated_at = given.updated_at,
        state_transitioned_at = given.transitioned_at, state_more = given.more
      from given
      where alarms.arn = given.arn and alarms.account = given.account and alarms.region = given.region
        and (given.old_value is null or (alarms.state_value = given.old_value and alarms.state_updated_at = given.old_updated_at
          and alarms.definition = given.definition))
      returning alarms.arn
  `.execute(scope)
  const changed = new Set(rows.map(({ arn }) => arn))
  return transitions.filter(({ record }) => changed.has(record.alarm.arn))
}
