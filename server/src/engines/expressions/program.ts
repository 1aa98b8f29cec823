import type { EpochSeconds, Seconds } from '../../base/time.ts'

/** The instants of all series of one evaluation: `start + k·period` for k in [0, length). */
export interface Grid {
  readonly start: EpochSeconds
  readonly period: Seconds
  readonly length: number
}

/** One series on the grid. */
export interface Line {
  readonly label: string
  /** One a grid instant, oldest first; NaN: no datapoint. */
  readonly values: Float64Array
  /** What dynamic labels may ask of a series that is a metric's own: MetricName, Namespace, Stat, Period, `Dim.x`. */
  readonly properties?: Readonly<Record<string, string>>
}

/** What an expression yields: known before any data is. */
export type Shape = 'scalar' | 'series' | 'list'

export interface BandNeed {
  readonly kind: 'band'
  /** Id of a stored metric or of an expression. */
  readonly metric: string
  /** Width to either side, in standard deviations; above 0. */
  readonly deviations: number
}

/** What an expression reads besides the metrics that it names by Id. One that is written twice is one object. */
export type Need =
  /** Several series. `period`: of the call, or else of the query that it stands in. */
  | { readonly kind: 'search'; readonly query: string; readonly statistic: string; readonly period: Seconds | undefined }
  /** One series, or several with GROUP BY. `period`: of the query. */
  | { readonly kind: 'insights'; readonly sql: string; readonly period: Seconds | undefined }
  /** Two series: the lower limit, then the upper. */
  | BandNeed
  /** One series. */
  | { readonly kind: 'insight-rule'; readonly rule: string; readonly metric: string }
  /** One series. `metric`: Id of a stored metric. */
  | { readonly kind: 'service-quota'; readonly metric: string }
  /** A series per counter. */
  | { readonly kind: 'performance-insights'; readonly engine: string; readonly resource: string; readonly counters: readonly string[] }
  /** Several series. */
  | { readonly kind: 'lambda'; readonly name: string; readonly args: readonly (string | number | boolean)[] }

/** The data of one evaluation, all of it on `grid`. */
export interface Inputs {
  readonly grid: Grid
  /** Of a stored metric. */
  metric(id: string): Line
  /** What was found; no lines at all are no data. */
  need(need: Need): readonly Line[]
}

/** The queries of one request or alarm, compiled together. Ids are those that were compiled; others are a programmer's error. */
export interface Program {
  shapeOf(id: string): Shape
  /** Throws `ExpressionError` when the expression yields a scalar, which is nothing to draw or to watch. */
  requireSeries(id: string): void
  /** Ids of the stored metrics that it reads, directly or through other expressions. */
  metricsOf(id: string): ReadonlySet<string>
  /** Directly or through other expressions. */
  needsOf(id: string): readonly Need[]
  /** Set when the whole expression is one ANOMALY_DETECTION_BAND: what an alarm can have as its threshold. */
  bandOf(id: string): BandNeed | undefined
  /** One line of a series, any number of a list. Throws `ExpressionError` for a scalar, and for more datapoints than fit. */
  evaluate(id: string, inputs: Inputs): readonly Line[]
  /** As `evaluate` of each, computing what they share once. */
  evaluateAll(ids: readonly string[], inputs: Inputs): readonly (readonly Line[])[]
}

/** A metric that the expressions may name. */
export interface StoredQuery {
  readonly id: string
  readonly label?: string
  readonly period: Seconds
}

export interface ExpressionQuery {
  readonly id: string
  readonly expression: string
  /** Absent: series keep their own labels; a single one has the Id for its label. */
  readonly label?: string
  readonly period?: Seconds
}
