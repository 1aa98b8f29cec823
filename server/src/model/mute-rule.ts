import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** Mutes the actions of the named alarms while a window of its schedule is open. */
export interface MuteRule {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly name: string
  readonly description: string | undefined
  /** `cron(0 2 * * SUN)`, the same without `cron(…)`, or `at(2026-12-24T18:00)`; as given. */
  readonly expression: string
  /** ISO 8601, as given: `PT4H`. */
  readonly duration: string
  /** IANA name as given; undefined: UTC. */
  readonly timeZone: string | undefined
  readonly alarmNames: readonly string[]
  readonly startDate: EpochMillis | undefined
  readonly expireDate: EpochMillis | undefined
  readonly updatedAt: EpochMillis
}

/** A window that mutes an alarm at this moment. */
export interface ActiveMute {
  readonly ruleArn: Arn
  readonly ruleName: string
  readonly start: EpochMillis
  /** Exclusive. */
  readonly end: EpochMillis
  /** How many other rules mute it as well; this one began last. */
  readonly others: number
}
