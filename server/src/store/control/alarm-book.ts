import { parseArn } from '../../base/arn.ts'
import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmContributor, AlarmRecord, Transition } from '../../model/alarm.ts'
import { readAllContributors } from './alarm-contributors.ts'
import type { AlarmCommits } from './alarm-commits.ts'
import { alarmRecord } from './alarm-rows.ts'
import type { AlarmChange } from './alarms.ts'
import type { ControlDatabase } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { Settings } from './settings.ts'
import { readTags, readTagsOf } from './tags.ts'

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
    const tenant = tenantIn(arn)
    return tenant === undefined ? {} : readTags(this.#database, tenant, arn)
  }

  /** The tags of many alarms, by ARN; an alarm without any is not in the answer. */
  async tagsOf(arns: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
    const byTenant = new Map<string, { readonly tenant: Tenant; readonly arns: string[] }>()
    for (const arn of new Set(arns)) {
      const tenant = tenantIn(arn)
      if (tenant === undefined) continue
      const key = `${tenant.account} ${tenant.region}`
      const group = byTenant.get(key)
      if (group === undefined) byTenant.set(key, { tenant, arns: [arn] })
      else group.arns.push(arn)
    }
    const found = await Promise.all([...byTenant.values()].map(group => readTagsOf(this.#database, group.tenant, group.arns)))
    return new Map(found.flatMap(tags => [...tags]))
  }

  /** Of every alarm that has contributors, by its ARN: called once at start, later ones come from the caller's own commits. */
  contributors(): Promise<ReadonlyMap<string, readonly AlarmContributor[]>> {
    return readAllContributors(this.#database)
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

const tenantIn = (arn: string): Tenant | undefined => {
  const parts = parseArn(arn)
  return parts && { account: accountId(parts.account), region: region(parts.region) }
}
