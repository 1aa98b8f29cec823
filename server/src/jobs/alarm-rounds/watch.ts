import { instantAt, cadenceOf, type Cadence } from '../../engines/alarms/schedule.ts'
import { evaluationRange } from '../../engines/alarms/decide.ts'
import type { Rule } from '../../engines/alarms/evaluate.ts'
import { ruleOf } from '../../engines/alarms/rule.ts'
import { parseStatistic } from '../../engines/statistics/parse.ts'
import type { Statistic } from '../../engines/statistics/statistic.ts'
import { epochSeconds, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { Alarm, AlarmRecord } from '../../model/alarm.ts'
import type { WindowHandle } from '../../model/metric-window.ts'
import { metricKey } from '../../model/metric.ts'
import { Lived } from './lived.ts'

/**
 * How far back missed evaluations are made up for, in seconds. Minute alarms: as far as memory reaches, and far longer than
 * what anybody would still want to be woken for; hourly ones: a day.
 */
export const MISSED: Readonly<Record<Cadence, number>> = { 10: 3 * 3600, 60: 3 * 3600, 3600: 24 * 3600 }

/** What evaluating an alarm takes, compiled once from its definition. */
export interface EvaluationPlan {
  readonly cadence: Cadence
  readonly statistic: Statistic
  readonly rule: Rule
  readonly handle: WindowHandle
  /** Periods that are read: N and the spare ones. */
  readonly range: number
}

/** An alarm under watch: its committed state, and how far it has been evaluated. */
export class Watch {
  readonly plan: EvaluationPlan
  /** As committed. */
  record: AlarmRecord
  /** The last evaluated instant. */
  seen: EpochSeconds
  /** The last one whose outcome is committed; behind `seen` while a transition is on its way. */
  settled: EpochSeconds
  /** What it went through, for a clock that is set back. */
  lived: Lived
  /** A transition of it is being committed, or its window is being fetched: nobody else touches it. */
  busy = false
  /** Its alarm was deleted, or is watched by another watch since its definition changed. */
  retired = false

  constructor(record: AlarmRecord, plan: EvaluationPlan, seen: EpochSeconds) {
    this.record = record
    this.plan = plan
    this.seen = seen
    this.settled = seen
    this.lived = new Lived(seen)
  }

  /**
   * The clock was set back behind what was evaluated: goes on from the instant. What was lived through is remembered as far as
   * missed evaluations are made up for; a clock that was further ahead was wrong altogether, and must not mute anything for so long.
   */
  rewind(instant: EpochSeconds): void {
    if (this.seen - instant > MISSED[this.plan.cadence]) this.lived = new Lived(instant)
    this.seen = instant
    this.settled = instant
  }
}

/** Undefined for a statistic that nobody can compute, which no door lets in. */
export const planOf = (alarm: Alarm, open: (alarm: Alarm) => WindowHandle): EvaluationPlan | undefined => {
  const parsed = parseStatistic(alarm.statistic)
  if (!parsed.ok) return undefined
  return {
    cadence: cadenceOf(alarm.period, alarm.evaluationPeriods),
    statistic: parsed.statistic,
    rule: ruleOf(alarm, parsed.statistic),
    handle: open(alarm),
    range: evaluationRange(alarm.evaluationPeriods),
  }
}

/** A new alarm is due at once: the instant before the current one counts as seen. */
export const seenWhenNew = (cadence: Cadence, now: EpochMillis): EpochSeconds =>
  epochSeconds(instantAt(cadence, toSeconds(now)) - cadence)

/** Whether two definitions are evaluated alike; names, texts and actions do not matter. */
export const evaluatedAlike = (a: Alarm, b: Alarm): boolean =>
  metricKey(a.metric) === metricKey(b.metric) &&
  a.statistic === b.statistic &&
  a.unit === b.unit &&
  a.period === b.period &&
  a.evaluationPeriods === b.evaluationPeriods &&
  a.datapointsToAlarm === b.datapointsToAlarm &&
  a.threshold === b.threshold &&
  a.comparison === b.comparison &&
  a.treatMissingData === b.treatMissingData &&
  a.evaluateLowSampleCountPercentile === b.evaluateLowSampleCountPercentile
