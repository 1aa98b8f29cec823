import type { EpochSeconds } from '../../../base/time.ts'
import { Calendar } from '../../../engines/alarms/calendar.ts'
import { isFilled, type EvaluationWindow, type Rule } from '../../../engines/alarms/evaluate.ts'
import { ruleOf } from '../../../engines/alarms/rule.ts'
import { cadenceOfAlarm, rangeOf, windowStart } from '../../../engines/alarms/schedule.ts'
import { stepQuery, type ContributorWindow } from '../../../engines/contributors/query-step.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { Inputs, Line } from '../../../engines/expressions/program.ts'
import type { EvaluationState, ExpressionAlarm } from '../../../model/alarm.ts'
import type { ContributorPlan, EvaluationPlan, SeenStep, SeenWindow, WindowPlan } from './plan.ts'
import type { QueryData, QuerySpan } from './query-data.ts'

/** An alarm on metric math, an anomaly band or a Metrics Insights query. Undefined where nothing returns data, which no door lets in. */
export const expressionPlan = (alarm: ExpressionAlarm, data: QueryData): EvaluationPlan | undefined => {
  const band = alarm.limit.kind === 'band' ? alarm.limit.metricId : undefined
  const watched = alarm.queries.find(({ id, returnData }) => returnData && id !== band)
  if (watched === undefined) return undefined
  return data.program.shapeOf(watched.id) === 'list' ? new SeriesPlan(alarm, data, watched.id) : new LinePlan(alarm, data, watched.id, band)
}

const timing = (alarm: ExpressionAlarm): { readonly cadence: number; readonly coarse: number } => {
  const cadence = cadenceOfAlarm(alarm)
  return { cadence, coarse: Math.max(cadence, alarm.period) }
}

interface Span extends QuerySpan {
  readonly starts?: readonly EpochSeconds[]
}

/** The evaluation range at an instant. */
const spans = (alarm: ExpressionAlarm): ((instant: EpochSeconds) => Span) => {
  const { period, window } = alarm
  const length = rangeOf(alarm)
  if (window?.kind !== 'wall-clock') return instant => ({ grid: { start: windowStart(instant, period, length), period, length } })
  const calendar = new Calendar(window.timeZone, period)
  return instant => {
    const { starts, runs } = calendar.complete(instant, length)
    return { grid: { start: starts[0]!, period, length }, runs, starts }
  }
}

const NOTHING = new Float64Array(0)

/** Values of expressions have no samples behind them, and no rule asks for their number. */
const windowOf = ({ grid: { start, period, length }, starts }: Span, values: Float64Array): EvaluationWindow =>
  ({ values, counts: NOTHING, length, start, period, starts })

/** One series, held against a threshold or a band. */
class LinePlan implements WindowPlan {
  readonly shape = 'window'
  readonly cadence: number
  readonly coarse: number
  readonly lengthy: boolean
  readonly rule: Rule
  readonly #spanAt: (instant: EpochSeconds) => Span
  readonly #data: QueryData
  readonly #watched: string
  readonly #band: string | undefined

  constructor(alarm: ExpressionAlarm, data: QueryData, watched: string, band: string | undefined) {
    ;({ cadence: this.cadence, coarse: this.coarse } = timing(alarm))
    this.lengthy = data.lengthy
    this.rule = ruleOf(alarm)
    this.#spanAt = spans(alarm)
    this.#data = data
    this.#watched = watched
    this.#band = band
  }

  recall(instant: EpochSeconds): SeenWindow | undefined {
    const span = this.#spanAt(instant)
    const inputs = this.#data.recall(span)
    return inputs && this.#seen(span, inputs, undefined)
  }

  async fetch(instant: EpochSeconds): Promise<SeenWindow> {
    const span = this.#spanAt(instant)
    const { inputs, partial } = await this.#data.fetch(span)
    return this.#seen(span, inputs, partial ? 'PARTIAL_DATA' : undefined)
  }

  #seen(span: Span, inputs: Inputs, evaluation: EvaluationState | undefined): SeenWindow {
    const lines = evaluated(this.#data, this.#watched, inputs)
    const limits = this.#band === undefined ? [] : evaluated(this.#data, this.#band, inputs)
    const missing = (): Float64Array => new Float64Array(span.grid.length).fill(NaN)
    if (lines === undefined || limits === undefined) return { ...windowOf(span, missing()), evaluation: 'EVALUATION_ERROR' }
    const window = { ...windowOf(span, lines[0]?.values ?? missing()), evaluation }
    const [lower, upper] = limits
    return lower === undefined || upper === undefined ? window : { ...window, lower: lower.values, upper: upper.values }
  }
}

/** Several series, each with a state of its own. */
class SeriesPlan implements ContributorPlan {
  readonly shape = 'contributors'
  readonly cadence: number
  readonly coarse: number
  readonly reach: number
  readonly #rule: Rule
  readonly #alarm: ExpressionAlarm
  readonly #spanAt: (instant: EpochSeconds) => Span
  readonly #data: QueryData
  readonly #watched: string

  constructor(alarm: ExpressionAlarm, data: QueryData, watched: string) {
    ;({ cadence: this.cadence, coarse: this.coarse } = timing(alarm))
    this.reach = alarm.period * rangeOf(alarm)
    this.#spanAt = spans(alarm)
    this.#rule = ruleOf(alarm)
    this.#alarm = alarm
    this.#data = data
    this.#watched = watched
  }

  recall(instant: EpochSeconds): SeenStep | undefined {
    const span = this.#spanAt(instant)
    const inputs = this.#data.recall(span)
    return inputs && this.#seen(span, inputs, false, instant)
  }

  async fetch(instant: EpochSeconds): Promise<SeenStep> {
    const span = this.#spanAt(instant)
    const { inputs, partial } = await this.#data.fetch(span)
    return this.#seen(span, inputs, partial, instant)
  }

  #seen(span: Span, inputs: Inputs, partial: boolean, instant: EpochSeconds): SeenStep {
    const lines = evaluated(this.#data, this.#watched, inputs)
    if (lines === undefined) return { evaluation: 'EVALUATION_ERROR', step: undefined }
    const series = lines.map((line): ContributorWindow => ({ attributes: attributesOf(line), window: windowOf(span, line.values) }))
    return {
      evaluation: partial ? 'PARTIAL_DATA' : undefined,
      step: before => stepQuery(this.#alarm, this.#rule, before, series, instant),
      filled: series.length > 0 && series.every(({ window }) => isFilled(this.#rule, window)),
    }
  }
}

/** Undefined: the data is such that the expression cannot be evaluated. */
const evaluated = ({ program }: QueryData, id: string, inputs: Inputs): readonly Line[] | undefined => {
  try {
    return program.evaluate(id, inputs)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

/** A query's own series say what they are grouped by; what is computed of them is told apart by its label. */
const attributesOf = ({ label, properties }: Line): Readonly<Record<string, string>> => properties ?? { label }
