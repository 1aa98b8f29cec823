import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { activeMute, compileMute, lastEnd, openWindow, type CompiledMute } from '../../engines/mutes/mute-rule.ts'
import type { ActiveMute, MuteRule } from '../../model/mute-rule.ts'
import type { MuteRuleBook } from './ports.ts'

/** Every mute rule of every tenant, in memory: what mutes an alarm is asked for each of its changes. */
export class ActiveMutes {
  readonly #book: MuteRuleBook
  readonly #log: Log
  readonly #byTenant = new Map<string, Map<string, CompiledMute>>()

  constructor(book: MuteRuleBook, log: Log) {
    this.#book = book
    this.#log = log
  }

  /** Resolves once the rules are known; before, nothing is muted. */
  async start(onChange: (rules: readonly MuteRule[]) => void): Promise<void> {
    const touched = new Set<string>()
    this.#book.onChange(({ from, to }) => {
      const arn = (to ?? from)?.arn
      if (arn !== undefined) touched.add(arn)
      if (from !== undefined) this.#of(from.tenant).delete(from.arn)
      if (to !== undefined) this.#add(to)
      onChange([from, to].filter(rule => rule !== undefined))
    })
    for (const rule of await this.#book.all()) if (!touched.has(rule.arn)) this.#add(rule)
  }

  activeFor(tenant: Tenant, alarmName: string, now: EpochMillis): ActiveMute | undefined {
    const mutes = this.#byTenant.get(keyOf(tenant))
    return mutes === undefined || mutes.size === 0 ? undefined : activeMute([...mutes.values()], alarmName, now)
  }

  /** The rules of which a window has ended after `since` and not after `now`. */
  endedBetween(since: EpochMillis, now: EpochMillis): readonly MuteRule[] {
    return this.#all().filter(mute => (lastEnd(mute, now) ?? -Infinity) > since).map(({ rule }) => rule)
  }

  /** When the next window ends that is open, or opens, now. */
  nextEnd(now: EpochMillis): EpochMillis | undefined {
    let next = Infinity
    for (const mute of this.#all()) {
      const open = openWindow(mute, now)?.end ?? mute.schedule.next(now)?.end
      if (open !== undefined && open > now) next = Math.min(next, open, clipped(mute.rule.expireDate, now))
    }
    return next === Infinity ? undefined : epochMillis(next)
  }

  #all(): readonly CompiledMute[] {
    return [...this.#byTenant.values()].flatMap(mutes => [...mutes.values()])
  }

  #add(rule: MuteRule): void {
    try {
      this.#of(rule.tenant).set(rule.arn, compileMute(rule))
    } catch (error) {
      // No door lets such a schedule in; one that an upgrade no longer reads must not keep alarms from starting.
      this.#log.error({ rule: rule.arn, error: String(error) }, 'a mute rule cannot be read, it mutes nothing')
    }
  }

  #of(tenant: Tenant): Map<string, CompiledMute> {
    const key = keyOf(tenant)
    let mutes = this.#byTenant.get(key)
    if (mutes === undefined) this.#byTenant.set(key, (mutes = new Map()))
    return mutes
  }
}

const keyOf = ({ account, region }: Tenant): string => `${account} ${region}`

const clipped = (expireDate: EpochMillis | undefined, now: EpochMillis): number => (expireDate !== undefined && expireDate > now ? expireDate : Infinity)
