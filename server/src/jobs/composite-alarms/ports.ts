import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { AlarmRecord, Transition } from '../../model/alarm.ts'
import type { ActiveMute } from '../../model/mute-rule.ts'

/** Alarms of every kind, as composite alarms need them. */
export interface AlarmRegister {
  get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined>
  /** Tells everybody who watches alarms, the caller included. Answers those that took place. */
  commit(transitions: readonly Transition[]): Promise<readonly Transition[]>
  /** Called after each committed change of a definition or a state, but for what the rounds commit. */
  onChange(listener: (change: { readonly arn: string; readonly record: AlarmRecord | undefined }) => void): void
}

/** What messages need besides the alarm itself. */
export interface ActionSurroundings {
  tags(arn: string): Promise<Readonly<Record<string, string>>>
  missingTopics(arns: readonly string[]): Promise<ReadonlySet<string>>
  activeMute(tenant: Tenant, alarmName: string, now: EpochMillis): ActiveMute | undefined
}
