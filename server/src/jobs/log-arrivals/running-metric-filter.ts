import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { DimensionBudget } from '../../engines/metric-filters/dimension-budget.ts'
import { compileMetricFilter, type MetricFilter } from '../../engines/metric-filters/metric-filter.ts'
import { MinuteMatches } from '../../engines/metric-filters/minute-matches.ts'
import { readTransformation } from '../../engines/metric-filters/transformation.ts'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import { compileSelectionCriteria } from '../../engines/patterns/selection-criteria.ts'
import type { LogMetricFilter } from '../../model/log-filter.ts'
import type { LogMetricSample } from '../../model/log-metric.ts'
import type { LogArrival } from '../../model/log.ts'
import type { ArrivedLines } from './arrived-lines.ts'
import type { SampleFold } from './sample-fold.ts'

/** A metric filter at work: its pattern, and what it has to remember from one event to the next. */
export class RunningMetricFilter {
  readonly #filter: MetricFilter
  readonly #selected: boolean
  readonly #minutes: MinuteMatches | undefined
  readonly #budget: DimensionBudget | undefined
  #disabled = false

  constructor({ pattern: text, transformation, systemDimensions, selectionCriteria }: LogMetricFilter, source: Tenant) {
    const pattern = compilePattern(text)
    this.#filter = compileMetricFilter(pattern, readTransformation(transformation, pattern, systemDimensions), source)
    this.#selected = compileSelectionCriteria(selectionCriteria ?? '')(source)
    this.#minutes = transformation.defaultValue === undefined ? undefined : new MinuteMatches()
    this.#budget = transformation.dimensions === undefined ? undefined : new DimensionBudget()
  }

  get hasDefault(): boolean {
    return this.#minutes !== undefined
  }

  get hasOpenMinutes(): boolean {
    return this.#minutes?.isEmpty === false
  }

  look({ timestamps, ingestedAt }: LogArrival, lines: ArrivedLines, fold: SampleFold): 'too many metrics' | undefined {
    if (!this.#selected || this.#disabled) return undefined
    let matched = false
    for (const [index, timestamp] of timestamps.entries()) {
      const outcome = this.#filter.ask(lines.at(index), timestamp)
      if (outcome === 'no match') continue
      matched = true
      if (outcome === 'no value') continue
      if (this.#budget?.admits(outcome.metric.dimensions, ingestedAt) === false) {
        this.#disabled = true
        return 'too many metrics'
      }
      fold.add(outcome)
    }
    this.#minutes?.saw(ingestedAt, matched)
    return undefined
  }

  /** What is reported for minutes that are over by `upTo` and had no match. */
  takeDefaults(upTo: EpochMillis): readonly LogMetricSample[] {
    return (this.#minutes?.take(upTo) ?? []).flatMap(minute => this.#filter.defaultFor(minute) ?? [])
  }
}
