import type { Tenant } from '../../base/tenancy.ts'
import type { Alarm, AlarmContributor, AlarmHistoryItem, AlarmRecord, HistoryQuery, Transition } from '../../model/alarm.ts'
import { alarmRecord, alarmRow } from './alarm-rows.ts'
import { deleteContributors, readContributors } from './alarm-contributors.ts'
import type { AlarmCommits } from './alarm-commits.ts'
import { type ControlDatabase, inChunks, owner } from './control-database.ts'
import { addHistory, readHistory } from './history.ts'
import type { Listeners } from './listeners.ts'
import { deleteTags, writeTags } from './tags.ts'

/** A definition or state that changed; no record means that the alarm is gone. */
export interface AlarmChange {
  readonly arn: string
  readonly record: AlarmRecord | undefined
}

/** Alarms as the operations see them: per tenant, by name. */
export class Alarms {
  readonly #database: ControlDatabase
  readonly #commits: AlarmCommits
  readonly #changes: Listeners<AlarmChange>

  constructor(database: ControlDatabase, commits: AlarmCommits, changes: Listeners<AlarmChange>) {
    this.#database = database
    this.#commits = commits
    this.#changes = changes
  }

  async get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined> {
    const row = await this.#ofTenant(tenant).where('name', '=', name).executeTakeFirst()
    return row && alarmRecord(row)
  }

  /** Every alarm of the tenant, by name in code units (which is no database's own order). */
  async list(tenant: Tenant): Promise<readonly AlarmRecord[]> {
    const rows = await this.#ofTenant(tenant).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(alarmRecord)
  }

  /**
   * Creates or overwrites the definition with its history row; the state and `tags` only take effect on creation. An alarm that
   * is there keeps the state that it has by now: a round may have changed it since the caller looked.
   */
  async put(record: AlarmRecord, history: AlarmHistoryItem, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, arn } = record.alarm
    const row = alarmRow(record)
    const state = await this.#database.transaction().execute(async scope => {
      const known = await scope
        .updateTable('alarms')
        .set({ definition: row.definition })
        .where(eb => eb.and(owner(tenant)))
        .where('arn', '=', arn)
        .returningAll()
        .executeTakeFirst()
      if (known === undefined) {
        await scope.insertInto('alarms').values(row).execute()
        await writeTags(scope, tenant, arn, tags)
      }
      if (!mayHaveContributors(record.alarm)) await deleteContributors(scope, tenant, [arn])
      await addHistory(scope, [history])
      return known === undefined ? record.state : alarmRecord(known).state
    })
    this.#changes.tell({ arn, record: { alarm: record.alarm, state } })
  }

  /** Removes the alarms with their tags and writes their history rows, in one transaction. */
  async delete(tenant: Tenant, names: readonly string[], history: readonly AlarmHistoryItem[]): Promise<void> {
    const gone: string[] = []
    await this.#database.transaction().execute(async scope => {
      for (const chunk of inChunks(names)) {
        const rows = await scope
          .deleteFrom('alarms')
          .where(eb => eb.and(owner(tenant)))
          .where('name', 'in', chunk)
          .returning('arn')
          .execute()
        gone.push(...rows.map(({ arn }) => arn))
      }
      await deleteTags(scope, tenant, gone)
      await deleteContributors(scope, tenant, gone)
      await addHistory(scope, history)
    })
    for (const arn of gone) this.#changes.tell({ arn, record: undefined })
  }

  /** State, history and outgoing publications in one transaction. Answers the transitions that took place. */
  async commit(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    const done = await this.#commits.commit(transitions)
    for (const { record } of done) this.#changes.tell({ arn: record.alarm.arn, record })
    return done
  }

  /** By id; none for an alarm that watches a single series, or that is not there. */
  contributors(tenant: Tenant, arn: string): Promise<readonly AlarmContributor[]> {
    return readContributors(this.#database, tenant, arn)
  }

  history(query: HistoryQuery): Promise<readonly AlarmHistoryItem[]> {
    return readHistory(this.#database, query)
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('alarms').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

const mayHaveContributors = ({ kind }: Alarm): boolean => kind === 'expression' || kind === 'promql' || kind === 'log'
