import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import type { Verdict } from '../../engines/alarms/decide.ts'
import { evaluate, explain, judge, type Change, type EvaluationWindow } from '../../engines/alarms/evaluate.ts'
import type { AlarmRecord } from '../../model/alarm.ts'
import type { MetricReads } from '../../model/metric.ts'
import type { MetricWindows } from '../../model/metric-window.ts'
import { NetChange } from './net-change.ts'
import { RecentWindows } from './recent-windows.ts'
import { readStored } from './stored-windows.ts'
import { MISSED, type Watch } from './watch.ts'

/** A change that an evaluation has found and that is not committed yet. */
export interface Finding {
  readonly watch: Watch
  /** As the alarm was when it was evaluated. */
  readonly previous: AlarmRecord
  readonly change: Change
}

/** Evaluates one alarm up to an instant: once, or, where instants were missed, for what they amount to. */
export class Evaluator {
  readonly #recent: RecentWindows
  readonly #reads: MetricReads
  /** Windows read out of memory so far: the work done, in pieces of about a microsecond. */
  windowsRead = 0

  constructor(windows: MetricWindows, reads: MetricReads) {
    this.#recent = new RecentWindows(windows)
    this.#reads = reads
  }

  /** `elsewhere`: memory does not hold what it takes, and nothing has happened. */
  fromMemory(watch: Watch, instant: EpochSeconds): Finding | 'unchanged' | 'elsewhere' {
    const { plan, record } = watch
    if (instant - watch.seen === plan.cadence && !watch.lived.again(instant)) {
      this.windowsRead++
      const window = this.#recent.read(watch, instant)
      if (window === undefined) return 'elsewhere'
      const outcome = evaluate(plan.rule, window, record.state.value)
      return conclude(watch, record, instant, outcome.kind === 'keep' ? undefined : outcome)
    }
    const search = this.#search(watch, instant, plan.cadence)
    for (let at = search.next(); at !== undefined; at = search.next()) {
      this.windowsRead++
      const window = this.#recent.read(watch, at)
      if (window === undefined) {
        // The change is found, only since when is not: it is at least as old as memory.
        if (search.change !== undefined) break
        return 'elsewhere'
      }
      search.tell(news(watch, at, window))
    }
    const { change } = search
    if (change === undefined) return conclude(watch, record, instant, undefined)
    return conclude(watch, record, instant, explain(plan.rule, this.#recent.read(watch, change.instant)!, change.state))
  }

  /** The same from the store. Missed instants are taken a period apart at least: every one is a query. */
  async fromStore(watch: Watch, instant: EpochSeconds): Promise<Finding | 'unchanged'> {
    const { plan, record } = watch
    const search = this.#search(watch, instant, Math.max(plan.cadence, record.alarm.period))
    let found: Change | undefined
    for (let at = search.next(); at !== undefined; at = search.next()) {
      const window = await readStored(this.#reads, watch, at)
      search.tell(news(watch, at, window))
      if (search.change?.instant === at) found = explain(plan.rule, window, search.change.state)
    }
    return conclude(watch, record, instant, found)
  }

  #search(watch: Watch, instant: EpochSeconds, step: number): NetChange {
    const after = epochSeconds(Math.max(watch.seen, instant - MISSED[watch.plan.cadence]))
    return new NetChange(watch.record.state.value, after, instant, step)
  }
}

const conclude = (watch: Watch, previous: AlarmRecord, instant: EpochSeconds, change: Change | undefined): Finding | 'unchanged' => {
  // Somebody may have set the state while the window was being fetched, for the time after this instant.
  if (instant > watch.seen) watch.seen = instant
  watch.lived.passed(instant)
  if (change === undefined) {
    watch.settled = watch.seen
    return 'unchanged'
  }
  watch.busy = true
  return { watch, previous, change }
}

/** The verdict, unless the instant was lived through before and it is the same again. */
const news = (watch: Watch, instant: EpochSeconds, window: EvaluationWindow): Verdict => {
  const verdict = judge(watch.plan.rule, window)
  return verdict !== 'keep' && watch.lived.repeats(instant, verdict, watch.record.state.value) ? 'keep' : verdict
}
