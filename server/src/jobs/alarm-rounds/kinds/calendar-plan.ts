import type { EpochSeconds } from '../../../base/time.ts'
import { Calendar, type CalendarSpan } from '../../../engines/alarms/calendar.ts'
import type { Rule } from '../../../engines/alarms/evaluate.ts'
import { ruleOf } from '../../../engines/alarms/rule.ts'
import { cadenceOfAlarm, rangeOf } from '../../../engines/alarms/schedule.ts'
import type { MetricAlarm, WallClockWindow } from '../../../model/alarm.ts'
import { roomFor, type MetricValues, type Values, type WatchedMetric } from './metric-values.ts'
import type { SeenWindow, WindowPlan } from './plan.ts'

/** An alarm on one stored metric over complete periods of the calendar. */
export class CalendarPlan implements WindowPlan {
  readonly shape = 'window'
  readonly cadence: number
  readonly coarse: number
  readonly rule: Rule
  readonly #values: MetricValues
  readonly #metric: WatchedMetric
  readonly #calendar: Calendar
  readonly #range: number

  private constructor(alarm: MetricAlarm, window: WallClockWindow, values: MetricValues, metric: WatchedMetric) {
    this.cadence = cadenceOfAlarm(alarm)
    this.coarse = Math.max(this.cadence, alarm.period)
    this.rule = ruleOf(alarm, metric.statistic)
    this.#values = values
    this.#metric = metric
    this.#calendar = new Calendar(window.timeZone, alarm.period)
    this.#range = rangeOf(alarm)
  }

  static of(alarm: MetricAlarm, window: WallClockWindow, values: MetricValues): CalendarPlan | undefined {
    const metric = values.open(alarm.tenant, alarm)
    return metric && new CalendarPlan(alarm, window, values, metric)
  }

  recall(instant: EpochSeconds): SeenWindow | undefined {
    const span = this.#calendar.complete(instant, this.#range)
    const room = roomFor(this.#range)
    return this.#values.recallRuns(this.#metric, span.runs, room) ? this.#seen(span, room) : undefined
  }

  async fetch(instant: EpochSeconds): Promise<SeenWindow> {
    const span = this.#calendar.complete(instant, this.#range)
    const room = roomFor(this.#range)
    await this.#values.fetchRuns([{ watched: this.#metric, room }], span.runs)
    return this.#seen(span, room)
  }

  #seen({ starts }: CalendarSpan, room: Values): SeenWindow {
    return { ...room, length: this.#range, start: starts[0]!, period: this.#metric.period, starts, evaluation: undefined }
  }
}
