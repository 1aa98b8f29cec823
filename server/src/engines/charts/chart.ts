/** Everything that a picture shows; times in epoch seconds. The drawing needs nothing else, so equal charts give equal pictures. */
export interface Chart {
  readonly view: ChartView
  /** Pixels, 1–2000 each. What does not fit is left out, the least important first. */
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  readonly title: string | undefined
  readonly start: number
  readonly end: number
  /** Minutes ahead of UTC. */
  readonly timezone: number
  /** timeSeries only. */
  readonly stacked: boolean
  readonly series: readonly ChartSeries[]
  readonly horizontal: readonly HorizontalAnnotation[]
  readonly vertical: readonly VerticalAnnotation[]
  readonly axes: { readonly left: ChartAxis; readonly right: ChartAxis }
  readonly legend: LegendPosition
  /** singleValue only. */
  readonly sparkline: boolean
  readonly fullPrecision: boolean
  /** singleValue only: how much the value changed over the range stands beside its name. */
  readonly trend?: boolean
  /** Bars and pies only; false: their values do not stand beside them. */
  readonly valueLabels?: boolean
}

export type ChartView = 'timeSeries' | 'singleValue' | 'gauge' | 'bar' | 'pie'
export type LegendPosition = 'right' | 'bottom' | 'hidden'
export type AxisSide = 'left' | 'right'

export interface ChartSeries {
  readonly label: string
  /** `#rrggbb`; undefined: the next one of the palette. */
  readonly color: string | undefined
  readonly axis: AxisSide
  readonly visible: boolean
  /** Oldest first. */
  readonly timestamps: readonly number[]
  readonly values: readonly number[]
  /** The series is a band: its values are the lower edge, these the upper one. Only drawn over time. */
  readonly upper?: readonly number[]
  /** Seconds between neighbours; points further apart have a gap between them. */
  readonly period: number
}

export interface ChartAxis {
  readonly label: string | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  /** Shown beside the label, e.g. `Percent`; undefined: none. */
  readonly unit: string | undefined
}

/** A line at a value, with one side of it shaded or, as a band, what lies between it and `to`. */
export interface HorizontalAnnotation {
  readonly value: number
  readonly label: string | undefined
  readonly color: string | undefined
  readonly axis: AxisSide
  readonly fill: 'above' | 'below' | 'none'
  readonly to: { readonly value: number; readonly label: string | undefined } | undefined
}

/** A line at a time. */
export interface VerticalAnnotation {
  readonly at: number
  readonly label: string | undefined
  readonly color: string | undefined
  readonly fill: 'before' | 'after' | 'none'
  readonly to: { readonly at: number; readonly label: string | undefined } | undefined
}
