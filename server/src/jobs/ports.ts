import type { EpochMillis, Millis } from '../base/time.ts'
import type { AlarmContributor, AlarmRecord, Transition } from '../model/alarm.ts'
import type { DeliveryAttempt, LeasedDelivery, NextDelivery } from '../model/notification.ts'

/** Alarms and their states, as the rounds need them. */
export interface AlarmBook {
  /** Every alarm of every tenant; called once at start. Later changes come through `onChange`. */
  all(): Promise<readonly AlarmRecord[]>
  /** Called after each committed change of a definition or state that did not come from `commit` of this same caller. */
  onChange(listener: (change: { readonly arn: string; readonly record: AlarmRecord | undefined }) => void): void
  /** Those in ALARM or turning, by their alarm's ARN; called once at start. */
  contributors(): Promise<ReadonlyMap<string, readonly AlarmContributor[]>>
  /** The tags of several alarms, by ARN; one without tags may be left out. */
  tagsOf(arns: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>
  /** Answers those that took place: an alarm that was deleted, redefined or set by hand meanwhile has none. */
  commit(transitions: readonly Transition[]): Promise<readonly Transition[]>
  /** The last evaluation instant whose transitions are all committed; undefined on a new store. */
  evaluatedUpTo(): Promise<EpochMillis | undefined>
  setEvaluatedUpTo(at: EpochMillis): Promise<void>
}

export interface DeliveryQueue {
  /**
   * Leases up to `limit` due deliveries until `leaseUntil`, oldest first, leaving out busy destinations and any delivery
   * that has an older unfinished one with the same order key.
   */
  lease(now: EpochMillis, leaseUntil: EpochMillis, limit: number, busyDestinations: readonly string[]): Promise<readonly LeasedDelivery[]>
  /** Records the attempt and what follows: done, again at a time, or dead. */
  settle(id: string, attempt: DeliveryAttempt, next: NextDelivery): Promise<void>
  /** Gives back leases that a killed process held: all of them at start. */
  releaseAll(): Promise<void>
  /** What is to be tried after `dueAfter` is tried earlier by so much, though not before `now`. */
  bringForward(now: EpochMillis, dueAfter: EpochMillis, by: Millis): Promise<void>
  /** When the next delivery becomes due, or its lease runs out, if any waits. */
  nextDue(): Promise<EpochMillis | undefined>
  /** Called after each commit that added deliveries. */
  onAdded(listener: () => void): void
}
