import { parseArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmRecord, Transition } from '../../model/alarm.ts'
import type { AlarmCommits } from './alarm-commits.ts'
import { alarmRecord } from './alarm-rows.ts'
import type { AlarmChange } from './alarms.ts'
import type { ControlDatabase } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { Settings } from './settings.ts'
import { readTags } from './tags.ts'

const EVALUATED_UP_TO = 'alarms.evaluated-up-to'

/** Alarms as the rounds see them: all at once, then by their changes. Its own commits are not told to it. */
export class AlarmBook {
  readonly #database: ControlDatabase
  readonly #commits: AlarmCommits
  readonly #changes: Listeners<AlarmChange>
  readonly #settings: Settings

  constructor(database: ControlDatabase, commits: AlarmCommits, changes: Listeners<AlarmChange>, settings: Settings) {
    this.#database = database
    this.#commits = commits
    this.#changes = changes
    this.#settings = settings
  }

  async all(): Promise<readonly AlarmRecord[]> {
    const rows = await this.#database.selectFrom('alarms').selectAll().orderBy('arn').execute()
    return rows.map(alarmRecord)
  }

  onChange(listener: (change: AlarmChange) => void): void {
    this.#changes.add(listener)
  }

  async tags(arn: string): Promise<Readonly<Record<string, string>>> {
    const parts = parseArn(arn)
    if (parts === undefined) return {}
    return readTags(this.#database, { account: accountId(parts.account), region: region(parts.region) }, arn)
  }

  commit(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    return this.#commits.commit(transitions)
  }

  async evaluatedUpTo(): Promise<EpochMillis | undefined> {
    const text = await this.#settings.get(EVALUATED_UP_TO)
    return text === undefined ? undefined : epochMillis(Number(text))
  }

  setEvaluatedUpTo(at: EpochMillis): Promise<void> {
    return this.#settings.set(EVALUATED_UP_TO, String(at))
  }
}
