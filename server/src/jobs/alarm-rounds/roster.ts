import { epochSeconds, later, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { CADENCES, instantAt, type Cadence } from '../../engines/alarms/schedule.ts'
import type { Alarm, AlarmRecord } from '../../model/alarm.ts'
import type { WindowHandle } from '../../model/metric-window.ts'
import { evaluatedAlike, planOf, seenWhenNew, Watch, type EvaluationPlan } from './watch.ts'

/** The alarms under watch, by how often they are evaluated. */
export class Roster {
  readonly #open: (alarm: Alarm) => WindowHandle
  readonly #byArn = new Map<string, Watch>()
  readonly #byCadence: Readonly<Record<Cadence, Set<Watch>>> = { 10: new Set(), 60: new Set(), 3600: new Set() }

  constructor(open: (alarm: Alarm) => WindowHandle) {
    this.#open = open
  }

  get size(): number {
    return this.#byArn.size
  }

  of(cadence: Cadence): ReadonlySet<Watch> {
    return this.#byCadence[cadence]
  }

  get(arn: string): Watch | undefined {
    return this.#byArn.get(arn)
  }

  /**
   * An alarm as the store has it at start, evaluated up to `upTo` by an earlier process (undefined: by none). What happened to
   * the alarm since then is not older than its state or its definition.
   */
  restore(record: AlarmRecord, upTo: EpochMillis | undefined, now: EpochMillis): void {
    this.#put(record, cadence => {
      if (upTo === undefined) return seenWhenNew(cadence, now)
      const since = Math.max(upTo, record.state.updatedAt, record.alarm.configuredAt)
      return instantAt(cadence, epochSeconds(Math.floor(since / 1000)))
    })
  }

  /** An alarm that was created or changed just now. */
  update(record: AlarmRecord, now: EpochMillis): void {
    const watch = this.#byArn.get(record.alarm.arn)
    if (watch === undefined || !evaluatedAlike(watch.record.alarm, record.alarm)) {
      this.#put(record, cadence => seenWhenNew(cadence, now))
      return
    }
    // A state that was set by hand stands until the next evaluation: none of the instants before it may undo it.
    if (record.state.updatedAt !== watch.record.state.updatedAt) {
      watch.seen = later(watch.seen, instantAt(watch.plan.cadence, toSeconds(record.state.updatedAt)))
      if (!watch.busy) watch.settled = watch.seen
    }
    watch.record = record
  }

  remove(arn: string): void {
    const watch = this.#byArn.get(arn)
    if (watch === undefined) return
    watch.retired = true
    this.#byArn.delete(arn)
    this.#byCadence[watch.plan.cadence].delete(watch)
  }

  /** The instant up to which every alarm is evaluated and committed, when `now` is the newest instant of all. */
  evaluatedUpTo(now: EpochSeconds): EpochSeconds {
    let oldest = now
    for (const cadence of CADENCES) {
      const instant = instantAt(cadence, now)
      for (const watch of this.#byCadence[cadence]) {
        if ((watch.busy || watch.seen < instant) && watch.settled < oldest) oldest = watch.settled
      }
    }
    return oldest
  }

  #put(record: AlarmRecord, seen: (cadence: Cadence) => EpochSeconds): void {
    this.remove(record.alarm.arn)
    const plan: EvaluationPlan | undefined = planOf(record.alarm, this.#open)
    if (plan === undefined) return
    const watch = new Watch(record, plan, seen(plan.cadence))
    this.#byArn.set(record.alarm.arn, watch)
    this.#byCadence[plan.cadence].add(watch)
  }
}
