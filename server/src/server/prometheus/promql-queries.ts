import { sleep } from '../../base/clock.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, millis, type EpochMillis, type Millis } from '../../base/time.ts'
import { Budget, type Cost } from '../../engines/promql/budget.ts'
import { Evaluation } from '../../engines/promql/evaluation.ts'
import { Labels } from '../../engines/promql/labels.ts'
import type { Plan } from '../../engines/promql/plan.ts'
import { PromqlError } from '../../engines/promql/promql-error.ts'
import type { Value } from '../../engines/promql/value.ts'
import { readInputs, type PromqlSources } from './promql-reads.ts'

/** So many samples are looked at before others get their turn: 2 to 30 ms. */
const SAMPLES_AT_A_STRETCH = 100_000

/** What one query may cost. */
export interface QueryLimits {
  readonly samples: Cost
  readonly time: Millis
}

export interface RangeSeries {
  readonly labels: Labels
  /** Parallel, oldest first; milliseconds since the epoch. */
  readonly times: readonly number[]
  readonly values: readonly number[]
}

/** Reads and evaluates. Throws `PromqlError`; rejects otherwise when the data cannot be read now. */
export class PromqlQueries {
  readonly #sources: PromqlSources

  constructor(sources: PromqlSources) {
    this.#sources = sources
  }

  async instant(tenant: Tenant, plan: Plan, at: EpochMillis, limits: QueryLimits): Promise<Value> {
    const budget = new Budget(limits.samples)
    return new Evaluation(plan, await readInputs(this.#sources, tenant, plan, at, at, budget), budget).at(at)
  }

  /** At `start + k·step` up to `end`; the plan is a scalar's or an instant vector's. */
  async range(tenant: Tenant, plan: Plan, [start, end, step]: readonly [EpochMillis, EpochMillis, Millis], limits: QueryLimits): Promise<readonly RangeSeries[]> {
    const { clock } = this.#sources
    const due = clock.now() + limits.time
    const budget = new Budget(limits.samples)
    const evaluation = new Evaluation(plan, await readInputs(this.#sources, tenant, plan, start, end, budget), budget)
    const series = new Map<string, { readonly labels: Labels; readonly times: number[]; readonly values: number[] }>()
    const add = (labels: Labels, at: number, value: number): void => {
      let found = series.get(labels.key)
      if (found === undefined) series.set(labels.key, found = { labels, times: [], values: [] })
      found.times.push(at)
      found.values.push(value)
    }
    let pause = budget.spent + SAMPLES_AT_A_STRETCH
    for (let at: number = start; at <= end; at += step) {
      if (budget.spent >= pause) {
        pause = budget.spent + SAMPLES_AT_A_STRETCH
        await sleep(clock, millis(0))
        if (clock.now() > due) throw new PromqlError('query timed out in expression evaluation', 'timeout')
      }
      const value = evaluation.at(epochMillis(at))
      if (value.type === 'scalar') add(NO_LABELS, at, value.value)
      else if (value.type === 'vector') for (const sample of value.vector) add(sample.labels, at, sample.value)
    }
    return [...series.values()].sort((a, b) => (a.labels.key < b.labels.key ? -1 : 1))
  }
}

const NO_LABELS = Labels.of([])
