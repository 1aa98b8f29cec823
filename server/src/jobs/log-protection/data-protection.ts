import { InTurn } from '../../base/in-turn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { type AuditDestination, parsePolicy } from '../../engines/data-protection/policy.ts'
import { compileProtection } from '../../engines/data-protection/protection.ts'
import type { LogProtection, LogProtectionVersion } from '../../model/log-protection.ts'
import type { LogGroup, MaskMessage } from '../../model/log.ts'
import type { ProtectionBook } from './ports.ts'

/** Compiled protections that are kept; one is of an account's policy and a group's. */
const COMPILED = 1_000

/**
 * Which policies protect which log groups, at hand: every request that carries events asks. A group is under its account's policy
 * and its own; AWS protects groups of the standard class alone.
 */
export class DataProtection {
  readonly #book: ProtectionBook
  readonly #turns = new InTurn()
  readonly #scopes = new Map<string, readonly LogProtectionVersion[]>()
  readonly #numbers = new Map<LogProtectionVersion, number>()
  readonly #compiled = new Map<string, MaskMessage>()
  #last = 0

  private constructor(book: ProtectionBook) {
    this.#book = book
  }

  static async open(book: ProtectionBook): Promise<DataProtection> {
    const protection = new DataProtection(book)
    for (const version of await book.all()) protection.#add(version)
    return protection
  }

  /** `at`: as the policies were at that time. Undefined: nothing is masked. */
  maskOf(group: LogGroup, at?: EpochMillis): MaskMessage | undefined {
    if (this.#scopes.size === 0) return undefined
    const policies = this.#over(group, at)
    if (policies.length === 0) return undefined
    const key = policies.map(policy => this.#numbers.get(policy)).join()
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    const { mask } = compileProtection(policies.map(({ document }) => parsePolicy(document)))
    if (this.#compiled.size >= COMPILED) this.#compiled.clear()
    this.#compiled.set(key, mask)
    return mask
  }

  /** Where findings of the group are reported, each place once. */
  destinations(group: LogGroup): readonly AuditDestination[] {
    const all = this.#over(group).flatMap(({ document }) => parsePolicy(document).auditDestinations)
    return [...new Map(all.map(destination => [`${destination.kind} ${destination.name}`, destination])).values()]
  }

  /** The policy of a group, or, without one, of the account. */
  find(tenant: Tenant, group?: number): LogProtection | undefined {
    return this.#inForce(scopeOf(tenant, group))
  }

  /** Begins to protect when it resolves, in the place of the policy that was there. */
  put(protection: LogProtection): Promise<void> {
    const scope = scopeOf(protection.tenant, protection.group)
    return this.#turns.run(scope, async () => {
      await this.#book.put(protection)
      this.#forget(scope)
      this.#add({ ...protection, until: undefined })
    })
  }

  /** False when there was none. */
  end(tenant: Tenant, group: number | undefined, at: EpochMillis): Promise<boolean> {
    const scope = scopeOf(tenant, group)
    return this.#turns.run(scope, async () => {
      if (this.#inForce(scope) === undefined) return false
      await this.#book.end(tenant, group, at)
      this.#forget(scope)
      return true
    })
  }

  #over(group: LogGroup, at?: EpochMillis): readonly LogProtectionVersion[] {
    if (group.class !== 'STANDARD') return []
    return [this.#inForce(scopeOf(group.tenant, undefined), at), this.#inForce(scopeOf(group.tenant, group.id), at)].filter(policy => policy !== undefined)
  }

  #inForce(scope: string, at?: EpochMillis): LogProtectionVersion | undefined {
    return this.#scopes
      .get(scope)
      ?.findLast(({ since, until }) => (at === undefined ? until === undefined : since <= at && (until === undefined || at < until)))
  }

  #add(version: LogProtectionVersion): void {
    const scope = scopeOf(version.tenant, version.group)
    this.#scopes.set(scope, [...(this.#scopes.get(scope) ?? []), version])
    this.#numbers.set(version, ++this.#last)
  }

  /** Only what is read from the journal at the next start asks for policies of the past: they need not be kept here. */
  #forget(scope: string): void {
    for (const version of this.#scopes.get(scope) ?? []) this.#numbers.delete(version)
    this.#scopes.delete(scope)
    this.#compiled.clear()
  }
}

const scopeOf = ({ account, region }: Tenant, group: number | undefined): string => `${account} ${region} ${group ?? ''}`
