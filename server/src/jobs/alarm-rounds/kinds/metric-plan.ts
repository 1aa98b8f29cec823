import { epochSeconds, seconds, type EpochSeconds, type Seconds } from '../../../base/time.ts'
import { evaluationRange } from '../../../engines/alarms/decide.ts'
import { ruleOf } from '../../../engines/alarms/rule.ts'
import type { Rule } from '../../../engines/alarms/evaluate.ts'
import { cadenceOf, windowStart } from '../../../engines/alarms/schedule.ts'
import type { MetricAlarm } from '../../../model/alarm.ts'
import { roomFor, type MetricValues, type WatchedMetric } from './metric-values.ts'
import type { SeenWindow, WindowPlan } from './plan.ts'

/** A window with room for so many periods. */
const seenWindow = (length: number, period: Seconds): SeenWindow =>
  ({ ...roomFor(length), length, start: epochSeconds(0), period, evaluation: undefined })

/** One for all: a hundred thousand alarms read one after the other, and each is judged before the next is read. */
let shared = seenWindow(64, seconds(60))

/** An alarm on one stored metric. */
export class MetricPlan implements WindowPlan {
  readonly shape = 'window'
  readonly cadence: number
  readonly coarse: number
  readonly rule: Rule
  readonly #values: MetricValues
  readonly #metric: WatchedMetric
  readonly #range: number

  private constructor(alarm: MetricAlarm, values: MetricValues, metric: WatchedMetric) {
    this.cadence = cadenceOf(alarm.period, alarm.evaluationPeriods)
    this.coarse = Math.max(this.cadence, alarm.period)
    this.rule = ruleOf(alarm, metric.statistic)
    this.#values = values
    this.#metric = metric
    this.#range = evaluationRange(alarm.evaluationPeriods)
  }

  static of(alarm: MetricAlarm, values: MetricValues): MetricPlan | undefined {
    const metric = values.open(alarm.tenant, alarm)
    return metric && new MetricPlan(alarm, values, metric)
  }

  recall(instant: EpochSeconds): SeenWindow | undefined {
    const range = this.#range
    const { period } = this.#metric
    if (shared.values.length < range) shared = seenWindow(range * 2, period)
    const start = windowStart(instant, period, range)
    if (!this.#values.recall(this.#metric, start, range, shared)) return undefined
    shared.length = range
    shared.start = start
    shared.period = period
    return shared
  }

  async fetch(instant: EpochSeconds): Promise<SeenWindow> {
    const { period } = this.#metric
    const window = seenWindow(this.#range, period)
    window.start = windowStart(instant, period, this.#range)
    await this.#values.fetch([{ watched: this.#metric, room: window }], window.start, this.#range)
    return window
  }
}
