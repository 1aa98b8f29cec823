import { epochSeconds, later, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { instantAt } from '../../engines/alarms/schedule.ts'
import { warmingUp } from '../../engines/alarms/warm-up.ts'
import type { AlarmContributor, AlarmRecord } from '../../model/alarm.ts'
import { evaluatedAlike } from './evaluated-alike.ts'
import type { PlanOf } from './kinds/plans.ts'
import { seenWhenNew, Watch } from './watch.ts'

/** The alarms under watch, by how often they are evaluated. */
export class Roster {
  readonly #planOf: PlanOf
  readonly #byArn = new Map<string, Watch>()
  /** By seconds between evaluations. */
  readonly #byCadence = new Map<number, Set<Watch>>()

  constructor(planOf: PlanOf) {
    this.#planOf = planOf
  }

  get size(): number {
    return this.#byArn.size
  }

  get byCadence(): ReadonlyMap<number, ReadonlySet<Watch>> {
    return this.#byCadence
  }

  get(arn: string): Watch | undefined {
    return this.#byArn.get(arn)
  }

  /**
   * An alarm as the store has it at start, evaluated up to `upTo` by an earlier process (undefined: by none). What happened to
   * the alarm since then is not older than its state or its definition.
   */
  restore(record: AlarmRecord, contributors: readonly AlarmContributor[], upTo: EpochMillis | undefined, now: EpochMillis): void {
    this.#put(record, contributors, cadence => {
      if (upTo === undefined) return seenWhenNew(cadence, now)
      const since = Math.max(upTo, record.state.updatedAt, record.alarm.configuredAt)
      return instantAt(cadence, epochSeconds(Math.floor(since / 1000)))
    })
  }

  /** An alarm that was created or changed just now. */
  update(record: AlarmRecord, now: EpochMillis): void {
    const watch = this.#byArn.get(record.alarm.arn)
    if (watch === undefined || !evaluatedAlike(watch.record.alarm, record.alarm)) {
      // What was followed of another definition is over, and said to be by the first evaluation of this one.
      this.#put(record, watch?.contributors ?? [], cadence => seenWhenNew(cadence, now))
      return
    }
    // A state that was set by hand stands until the next evaluation: none of the instants before it may undo it.
    if (record.state.updatedAt !== watch.record.state.updatedAt) {
      watch.seen = later(watch.seen, instantAt(watch.plan.cadence, toSeconds(record.state.updatedAt)))
      if (!watch.busy) watch.settled = watch.seen
    }
    watch.record = record
    watch.warming = warmingUp(record)
  }

  remove(arn: string): void {
    const watch = this.#byArn.get(arn)
    if (watch === undefined) return
    watch.retired = true
    this.#byArn.delete(arn)
    const { cadence } = watch.plan
    const sharing = this.#byCadence.get(cadence)
    sharing?.delete(watch)
    if (sharing?.size === 0) this.#byCadence.delete(cadence)
  }

  #put(record: AlarmRecord, contributors: readonly AlarmContributor[], seen: (cadence: number) => EpochSeconds): void {
    this.remove(record.alarm.arn)
    const plan = this.#planOf(record.alarm)
    if (plan === undefined) return
    const watch = new Watch(record, plan, seen(plan.cadence), contributors)
    this.#byArn.set(record.alarm.arn, watch)
    const sharing = this.#byCadence.get(plan.cadence)
    if (sharing === undefined) this.#byCadence.set(plan.cadence, new Set([watch]))
    else sharing.add(watch)
  }
}
