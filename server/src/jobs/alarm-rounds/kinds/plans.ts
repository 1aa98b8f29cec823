import { rangeOf } from '../../../engines/alarms/schedule.ts'
import type { Alarm } from '../../../model/alarm.ts'
import type { MetricReads, MetricSums } from '../../../model/metric.ts'
import type { MetricWindows } from '../../../model/metric-window.ts'
import type { BandModels, InsightRuleValues, LogSearcher, MetricDirectory, PromqlEvaluator } from '../ports.ts'
import { CalendarPlan } from './calendar-plan.ts'
import { expressionPlan } from './expression-plan.ts'
import { InsightsLines } from './insights-lines.ts'
import { logPlan } from './log-plan.ts'
import { MetricPlan } from './metric-plan.ts'
import { MetricValues } from './metric-values.ts'
import type { EvaluationPlan } from './plan.ts'
import { PromqlPlan } from './promql-plan.ts'
import { QueryData } from './query-data.ts'
import { SearchLines } from './search-lines.ts'

/** Where alarms read what they are evaluated on. */
export interface AlarmSources {
  readonly windows: MetricWindows
  readonly reads: MetricReads
  readonly sums: MetricSums
  readonly directory: MetricDirectory
  readonly bands: BandModels
  readonly promql: PromqlEvaluator
  readonly logs: LogSearcher
  readonly rules: InsightRuleValues
}

export type PlanOf = (alarm: Alarm) => EvaluationPlan | undefined

/**
 * Compiles alarms of every kind. Undefined for what is not evaluated on a clock (composite alarms), and for definitions that
 * make no sense, which no door lets in.
 */
export const plans = ({ windows, reads, sums, directory, bands, promql, logs, rules }: AlarmSources): PlanOf => {
  const values = new MetricValues(windows, reads)
  const sources = { values, bands, rules, insights: new InsightsLines(directory, sums), searches: new SearchLines(directory, values) }
  return alarm => {
    switch (alarm.kind) {
      case 'metric':
        return alarm.window?.kind === 'wall-clock' ? CalendarPlan.of(alarm, alarm.window, values) : MetricPlan.of(alarm, values)
      case 'expression': {
        const data = QueryData.of(alarm, rangeOf(alarm), sources)
        return data && expressionPlan(alarm, data)
      }
      case 'promql':
        return new PromqlPlan(alarm, promql)
      case 'log':
        return logPlan(alarm, logs)
      case 'composite':
        return undefined
    }
  }
}
