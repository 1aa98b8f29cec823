import { epochSeconds, type EpochSeconds } from '../../../base/time.ts'
import type { EvaluationWindow, Rule } from '../../../engines/alarms/evaluate.ts'
import { ruleOf } from '../../../engines/alarms/rule.ts'
import { stepQuery, type ContributorWindow } from '../../../engines/contributors/query-step.ts'
import { InsightsProblem } from '../../../engines/insights/insights-problem.ts'
import { parseAggregation } from '../../../engines/log-alarms/aggregation.ts'
import { MOST_CONTRIBUTORS } from '../../../engines/log-alarms/alarm-queries.ts'
import type { AlarmStateValue, LogAlarm } from '../../../model/alarm.ts'
import type { LogSearcher } from '../ports.ts'
import { LogResults, type LogResult } from './log-results.ts'
import type { ContributorPlan, EvaluationPlan, SeenStep, SeenWindow, WindowPlan } from './plan.ts'

/** An alarm on a Logs Insights query. Undefined where its aggregation makes no sense, which no door lets in. */
export const logPlan = (alarm: LogAlarm, logs: LogSearcher): EvaluationPlan | undefined => {
  try {
    const aggregation = parseAggregation(alarm.aggregation)
    const results = new LogResults(alarm, aggregation, logs)
    return aggregation.by.length === 0 ? new ResultPlan(alarm, results) : new ContributorsPlan(alarm, results)
  } catch (error) {
    if (error instanceof InsightsProblem) return undefined
    throw error
  }
}

const NOTHING = new Float64Array(0)

/** A slot for each of the newest N runs, at the time of the run. */
const windowOf = ({ period, evaluationPeriods: length }: LogAlarm, instant: EpochSeconds, values: Float64Array): EvaluationWindow => ({
  values, counts: NOTHING, length, start: epochSeconds(instant - (length - 1) * period), period,
})

/** One value a run. */
class ResultPlan implements WindowPlan {
  readonly shape = 'window'
  readonly lengthy = true
  readonly cadence: number
  readonly coarse: number
  readonly rule: Rule
  readonly #alarm: LogAlarm
  readonly #results: LogResults

  constructor(alarm: LogAlarm, results: LogResults) {
    this.cadence = alarm.period
    this.coarse = alarm.period
    this.rule = ruleOf(alarm)
    this.#alarm = alarm
    this.#results = results
  }

  recall(): undefined {
    return undefined
  }

  async fetch(instant: EpochSeconds): Promise<SeenWindow> {
    const found = await this.#results.newest(instant)
    const values = new Float64Array(this.#alarm.evaluationPeriods).fill(NaN)
    if ('error' in found) return { ...windowOf(this.#alarm, instant, values), evaluation: 'EVALUATION_ERROR', problem: found.error }
    found.forEach((result, slot) => {
      values[slot] = result.contributors[0]?.value ?? NaN
    })
    return { ...windowOf(this.#alarm, instant, values), evaluation: undefined }
  }
}

/** A value a run for each contributor. */
class ContributorsPlan implements ContributorPlan {
  readonly shape = 'contributors'
  readonly lengthy = true
  readonly cadence: number
  readonly coarse: number
  readonly reach: number
  readonly #rule: Rule
  readonly #alarm: LogAlarm
  readonly #results: LogResults

  constructor(alarm: LogAlarm, results: LogResults) {
    this.cadence = alarm.period
    this.coarse = alarm.period
    this.reach = alarm.period * alarm.evaluationPeriods
    this.#rule = ruleOf(alarm)
    this.#alarm = alarm
    this.#results = results
  }

  recall(): undefined {
    return undefined
  }

  async fetch(instant: EpochSeconds): Promise<SeenStep> {
    const found = await this.#results.newest(instant)
    if ('error' in found) {
      const { error } = found
      return { evaluation: 'EVALUATION_ERROR', step: before => ({ ...before, value: 'INSUFFICIENT_DATA', reason: error, partial: false }) }
    }
    const series = this.#series(found, instant)
    const nothing = this.#nothing(found)
    const partial = found.at(-1)!.cut
    return {
      evaluation: partial ? 'PARTIAL_DATA' : undefined,
      step: before => stepQuery(this.#alarm, this.#rule, before, series, instant, nothing),
      filled: found.every(({ contributors }) => contributors.length > 0),
    }
  }

  /** Those of the newest run: one that it does not find any more is over, however missing data is treated. */
  #series(found: readonly LogResult[], instant: EpochSeconds): readonly ContributorWindow[] {
    const earlier = found.map(({ contributors }) => new Map(contributors.map(({ key, value }) => [key, value])))
    return found.at(-1)!.contributors.slice(0, MOST_CONTRIBUTORS).map(({ key, attributes }) => {
      const values = Float64Array.from(earlier, run => run.get(key) ?? NaN)
      return { attributes, window: windowOf(this.#alarm, instant, values) }
    })
  }

  /** What it is when no contributor is found: a run that finds none is a missing result. */
  #nothing(found: readonly LogResult[]): AlarmStateValue {
    const { treatment, datapointsToAlarm } = this.#rule.quorum
    const empty = found.filter(({ contributors }) => contributors.length === 0).length
    switch (treatment) {
      case 'missing':
        return empty === found.length ? 'INSUFFICIENT_DATA' : 'OK'
      case 'breaching':
        return empty >= datapointsToAlarm ? 'ALARM' : 'OK'
      case 'notBreaching':
      case 'ignore':
        return 'OK'
    }
  }
}
