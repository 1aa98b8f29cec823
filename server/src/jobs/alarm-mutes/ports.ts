import type { Tenant } from '../../base/tenancy.ts'
import type { AlarmContributor, AlarmRecord, Transition } from '../../model/alarm.ts'
import type { MuteRule } from '../../model/mute-rule.ts'

export interface MuteRuleBook {
  all(): Promise<readonly MuteRule[]>
  /** Called after each committed change: `from` undefined for a new rule, `to` for one that is gone. */
  onChange(listener: (change: { readonly from: MuteRule | undefined; readonly to: MuteRule | undefined }) => void): void
}

/** Alarms, as those need them who make up for muted actions. */
export interface MutedAlarms {
  get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined>
  contributors(tenant: Tenant, arn: string): Promise<readonly AlarmContributor[]>
  /** Tells everybody who watches alarms. Answers those that took place. */
  commit(transitions: readonly Transition[]): Promise<readonly Transition[]>
}
